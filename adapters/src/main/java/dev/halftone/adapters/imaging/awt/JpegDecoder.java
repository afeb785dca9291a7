package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.Colours;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.Scale;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.ScaledDecoder;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.ScaledImage;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.PixelSize;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/// Decodes JPEG, with this project's codec, and what that refuses with ImageIO. Its reader gets the bare
/// picture: no profile that could make it throw, no fifty thousand comments, and a header that says outright
/// which colours the components are.
final class JpegDecoder {
    private JpegDecoder() {}

    /// How the samples are coded.
    enum Coding {
        GREY,
        YCBCR,
        RGB,
        FOUR
    }

    /// @param wanted the picture may be made smaller, but no smaller than this, where that saves time
    static Picture decode(JpegFile file, PixelSize wanted, Deadline deadline) throws IOException {
        JpegFile.Frame frame = file.frame();
        refuseUnsupported(frame);
        try {
            return scaled(file, wanted, deadline);
        } catch (RefusedException refused) {
            return whole(file, deadline);
        }
    }

    private static Picture scaled(JpegFile file, PixelSize wanted, Deadline deadline) {
        JpegStream stream = StructureReader.read(file.bytes(), Integer.MAX_VALUE);
        Scale scale = Scale.holding(stream.frame().width(), stream.frame().height(), wanted.width(), wanted.height());
        Colours colours = switch (coding(file)) {
            case GREY -> Colours.GRAY;
            case YCBCR -> Colours.YCBCR;
            case RGB -> Colours.RGB;
            case FOUR -> Colours.FOUR;
        };
        return switch (ScaledDecoder.decode(stream, scale, colours, deadline::check)) {
            case ScaledImage.Gray gray -> new Picture.Grey(gray.width(), gray.height(), gray.samples());
            case ScaledImage.Rgb rgb -> new Picture.Colour(rgb.width(), rgb.height(), rgb.pixels(), true);
            case ScaledImage.Four four -> fourInks(file, raster(four), deadline);
        };
    }

    private static Raster raster(ScaledImage.Four four) {
        return Raster.createInterleavedRaster(
                new DataBufferByte(four.samples(), four.samples().length),
                four.width(),
                four.height(),
                4 * four.width(),
                4,
                new int[] {0, 1, 2, 3},
                null);
    }

    private static Picture whole(JpegFile file, Deadline deadline) throws IOException {
        Coding coding = coding(file);
        if (coding == Coding.FOUR) {
            // Told that there is no transform, the reader leaves all four components as they are stored.
            return fourInks(file, Reading.raster(file.bare(header(file, Coding.RGB)), deadline), deadline);
        }
        return Samples.of(Reading.read(Plugins.JPEG, file.bare(header(file, coding)), 0, deadline));
    }

    private static void refuseUnsupported(JpegFile.Frame frame) {
        if (frame.marker() > 0xc2) {
            throw unsupported(
                    frame.marker() == 0xc3
                            ? "lossless coding"
                            : frame.marker() >= 0xc9 ? "arithmetic coding" : "hierarchical coding");
        }
        if (frame.precision() != 8) {
            throw unsupported(frame.precision() + " bits a sample");
        }
        if (frame.components() == 2 || frame.components() > 4) {
            throw unsupported(frame.components() + " components");
        }
    }

    private static HalftoneException unsupported(String what) {
        return HalftoneException.of(
                FailureCode.UNSUPPORTED_FORMAT, "this JPEG uses " + what + ", which is not decoded by this build");
    }

    /// libjpeg's rules: JFIF means YCbCr, then Adobe's word counts, then the identifiers `R`, `G`, `B`.
    static Coding coding(JpegFile file) {
        return switch (file.frame().components()) {
            case 1 -> Coding.GREY;
            case 4 -> Coding.FOUR;
            default -> {
                if (file.hasJfif()) {
                    yield Coding.YCBCR;
                }
                boolean rgb = file.adobeTransform()
                        .map(transform -> transform == 0)
                        .orElseGet(() -> Arrays.equals(file.frame().ids(), new int[] {'R', 'G', 'B'}));
                yield rgb ? Coding.RGB : Coding.YCBCR;
            }
        };
    }

    private static byte[] header(JpegFile file, Coding coding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(coding == Coding.RGB ? JpegSegments.adobe(0) : JpegSegments.jfif());
        if (!file.hasHuffmanTables()) {
            out.writeBytes(standardTables());
        }
        return out.toByteArray();
    }

    /// T.81 annex K.3, which Motion JPEG takes as known.
    private static byte[] standardTables() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        putTable(body, 0x00, JPEGHuffmanTable.StdDCLuminance);
        putTable(body, 0x10, JPEGHuffmanTable.StdACLuminance);
        putTable(body, 0x01, JPEGHuffmanTable.StdDCChrominance);
        putTable(body, 0x11, JPEGHuffmanTable.StdACChrominance);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc4, (byte) (body.size() + 2 >> 8), (byte) (body.size() + 2)});
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static void putTable(ByteArrayOutputStream out, int id, JPEGHuffmanTable table) {
        out.write(id);
        short[] lengths = Arrays.copyOf(table.getLengths(), 16);
        for (short length : lengths) {
            out.write(length);
        }
        for (short value : table.getValues()) {
            out.write(value);
        }
    }

    private static Picture fourInks(JpegFile file, Raster raster, Deadline deadline) {
        boolean ycck = file.adobeTransform().filter(transform -> transform == 2).isPresent();
        return FourInks.toSrgb(raster, ycck, file.icc(), deadline);
    }
}
