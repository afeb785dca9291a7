package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.Segment;
import dev.halftone.adapters.imaging.jpeg.codec.parse.ColourModel;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// The segments that say what the components of a written file mean. Grey and YCbCr get a JFIF header, whose
/// density is the source's, swapped with the sides; everything else keeps the source's Adobe segment, and
/// nothing where it had none.
final class HeaderSegments {
    private static final int JFIF_LENGTH = 14;
    private static final int ADOBE_LENGTH = 12;
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    private static final int UNITS = 7;
    private static final int X_DENSITY = 8;
    private static final int Y_DENSITY = 10;

    private HeaderSegments() {}

    /// @param transposed whether width and height are swapped
    /// @param metadata whole segments that follow
    static byte[] of(JpegStream source, ColourModel colours, boolean transposed, byte[] metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (colours) {
            case GRAY, YCBCR -> writeJfif(source, transposed, out);
            case RGB, CMYK, YCCK, UNKNOWN ->
                find(source, Markers.APP14, "Adobe", ADOBE_LENGTH)
                        .ifPresent(adobe -> write(out, Markers.APP14, source.bytes(), adobe.start(), ADOBE_LENGTH));
        }
        out.writeBytes(metadata);
        return out.toByteArray();
    }

    private static void writeJfif(JpegStream source, boolean transposed, ByteArrayOutputStream out) {
        byte[] jfif = JFIF.clone();
        find(source, Markers.APP0, "JFIF\0", JFIF_LENGTH).ifPresent(found -> {
            byte[] from = source.bytes();
            int start = found.start();
            jfif[UNITS] = from[start + UNITS];
            System.arraycopy(from, start + (transposed ? Y_DENSITY : X_DENSITY), jfif, X_DENSITY, 2);
            System.arraycopy(from, start + (transposed ? X_DENSITY : Y_DENSITY), jfif, Y_DENSITY, 2);
        });
        write(out, Markers.APP0, jfif, 0, JFIF_LENGTH);
    }

    /// The last one: libjpeg lets it win.
    private static Optional<Segment> find(JpegStream source, int marker, String signature, int length) {
        return source.segments().stream()
                .filter(segment -> segment.marker() == marker
                        && segment.length() >= length
                        && segment.startsWith(source.bytes(), signature))
                .reduce((first, second) -> second);
    }

    private static void write(ByteArrayOutputStream out, int marker, byte[] from, int start, int length) {
        out.write(0xFF);
        out.write(marker);
        out.write(length + 2 >> 8);
        out.write(length + 2);
        out.write(from, start, length);
    }
}
