package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.search.QualityLadder;
import dev.halftone.domain.image.PixelSize;
import java.io.IOException;
import java.util.Optional;

/// As JPEG.
///
/// @param source where the samples are still those of a JPEG, that one: its quantisation counts
/// @param segments whole application segments
@SuppressWarnings("ArrayRecordComponent")
record JpegDraft(Picture picture, Optional<JpegFile> source, boolean progressive, byte[] segments, Deadline deadline)
        implements Draft {

    @Override
    public byte[] at(int quality) throws IOException {
        return ladder().at(quality);
    }

    @Override
    public QualityLadder ladder() {
        return this::encoded;
    }

    private byte[] encoded(double quality) throws IOException {
        JpegEncoder.Tables tables = JpegEncoder.Tables.of(quality);
        return JpegEncoder.encode(
                picture,
                source.isPresent() ? tables.overSource(source.get()) : tables,
                new JpegEncoder.Style(false, progressive),
                segments,
                deadline);
    }

    /// JPEG always rounds a little, quality 100 and full chroma included.
    @Override
    public Finest finest() throws IOException {
        JpegEncoder.Style style = new JpegEncoder.Style(true, progressive);
        JpegEncoder.Tables tables = JpegEncoder.Tables.of(QualityLadder.TOP);
        return new Finest(JpegEncoder.encode(picture, tables, style, segments, deadline), false);
    }

    @Override
    public Picture decoded(byte[] encoded) throws IOException {
        return JpegDecoder.decode(JpegFile.parse(encoded), new PixelSize(picture.width(), picture.height()), deadline);
    }
}
