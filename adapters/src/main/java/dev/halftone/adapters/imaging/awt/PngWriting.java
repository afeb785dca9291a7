package dev.halftone.adapters.imaging.awt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngEncoder;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.zip.Deflater;

/// Writes PNG with the encoder of this house.
final class PngWriting {
    private PngWriting() {}

    /// @param colourChunks whole chunks that say how the samples are shown
    /// @param enough a file of at most this many bytes is good enough
    static byte[] write(
            Picture picture,
            int quality,
            Optional<byte[]> icc,
            byte[] colourChunks,
            Metadata metadata,
            int enough,
            Deadline deadline) {
        ByteArrayOutputStream ancillary = new ByteArrayOutputStream();
        ancillary.writeBytes(colourChunks);
        icc.ifPresent(profile -> ancillary.writeBytes(PngFile.chunk("iCCP", profileChunk(profile))));
        ancillary.writeBytes(PngFile.chunksOf(metadata));
        return PngEncoder.encode(picture, quality, ancillary.toByteArray(), icc.isEmpty(), enough, deadline);
    }

    /// Name, NUL, method 0, the deflated profile.
    private static byte[] profileChunk(byte[] profile) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("icc\0\0".getBytes(ISO_8859_1));
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(profile);
            deflater.finish();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                data.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }
}
