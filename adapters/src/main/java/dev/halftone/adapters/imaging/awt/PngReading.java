package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.IccProfile;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngDecoder;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// Reads PNG with the decoder of this house; samples stay in the file's own colour space.
final class PngReading {
    /// Chunks that say how the samples are shown where there is no profile.
    private static final List<String> COLOUR = List.of("gAMA", "cHRM", "cICP");

    private PngReading() {}

    static Decoded read(byte[] bytes, ImageHeader header, Deadline deadline) {
        PngFile file = PngFile.parse(bytes);
        Picture picture = PngDecoder.decode(file, deadline);
        Optional<byte[]> icc = IccProfile.kept(file.icc(), picture instanceof Picture.Grey ? 1 : 3);
        boolean plain =
                icc.isPresent() || file.dataOf("sRGB").isPresent() || file.icc().isPresent();
        return new Decoded(
                picture, icc, file.metadata(), header.orientation(), new int[0][], plain ? new byte[0] : colour(file));
    }

    private static byte[] colour(PngFile file) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (String type : COLOUR) {
            file.dataOf(type).ifPresent(data -> chunks.writeBytes(PngFile.chunk(type, data)));
        }
        return chunks.toByteArray();
    }
}
