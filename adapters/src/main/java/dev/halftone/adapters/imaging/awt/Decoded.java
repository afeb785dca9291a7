package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Optional;

/// A decoded file: the picture as stored, and what describes it.
///
/// @param icc the profile that the samples are in; empty for sRGB
/// @param orientation how the stored pixels are turned upright, 1 to 8
/// @param quantisation quantisation tables of a JPEG, for luminance and chrominance, in zig-zag order; empty for others
/// @param colourChunks whole PNG chunks that say how samples are shown (gAMA, cHRM, cICP); empty for others
@SuppressWarnings("ArrayRecordComponent")
record Decoded(
        Picture picture,
        Optional<byte[]> icc,
        Metadata metadata,
        int orientation,
        int[][] quantisation,
        byte[] colourChunks) {

    static Decoded plain(Picture picture, int orientation) {
        return new Decoded(picture, Optional.empty(), Metadata.NONE, orientation, new int[0][], new byte[0]);
    }

    Decoded withMetadata(Metadata other) {
        return new Decoded(picture, icc, other, orientation, quantisation, colourChunks);
    }

    Decoded withPicture(Picture other) {
        return new Decoded(other, icc, metadata, orientation, quantisation, colourChunks);
    }
}
