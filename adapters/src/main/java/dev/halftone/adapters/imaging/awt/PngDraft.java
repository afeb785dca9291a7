package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngCompressor;
import dev.halftone.adapters.imaging.png.PngDecoder;
import dev.halftone.adapters.imaging.png.PngLadder;
import dev.halftone.adapters.imaging.search.QualityLadder;

/// As PNG.
///
/// @param colour whether it has to stay a colour type, because its profile is one for RGB
/// @param worth what a palette has to stay under, in bytes, where a quality was asked for
/// @param thorough whether more ways to pack it are tried
/// @param ancillary whole chunks that go between header and picture data
/// @param steps the same picture at any quality
@SuppressWarnings("ArrayRecordComponent")
record PngDraft(
        Picture picture,
        boolean colour,
        int worth,
        boolean thorough,
        byte[] ancillary,
        PngLadder steps,
        Deadline deadline)
        implements Draft {

    @Override
    public byte[] at(int quality) {
        return PngCompressor.compress(picture, quality, colour, worth, thorough, ancillary, deadline);
    }

    @Override
    public QualityLadder ladder() {
        return steps::at;
    }

    @Override
    public Finest finest() {
        return new Finest(steps.exact(), true);
    }

    /// Without loss PNG is often small enough, and for drawings smaller than any palette.
    @Override
    public boolean finestFirst() {
        return true;
    }

    @Override
    public Picture decoded(byte[] encoded) {
        return PngDecoder.decode(PngFile.parse(encoded), deadline);
    }
}
