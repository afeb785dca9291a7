package dev.halftone.adapters.imaging.jpeg;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.PlaneDecoder;
import dev.halftone.adapters.imaging.jpeg.codec.parse.FrameHeader;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Pictures and coefficients that the codec's tests make.
public final class JpegSamples {
    /// The shared corpus beside the repository.
    public static final Path CORPORA = Path.of(System.getProperty("halftone.root", "."), "..", "shared", "corpora");

    public static final long MAX_PIXELS = 100_000_000;

    private JpegSamples() {}

    /// A picture's header and coefficients.
    public record Picture(Frame frame, List<QuantTable> tables, Coefficients planes) {}

    /// A coloured picture with slopes, edges and noise, nowhere symmetric, as a PPM file.
    public static byte[] ppm(int width, int height, long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("P6\n%d %d\n255\n".formatted(width, height).getBytes(StandardCharsets.US_ASCII));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int edge = x * 3 > width && y * 5 < height * 2 ? 90 : 0;
                out.write(Math.clamp(40 + 160 * x / width + edge + random.nextInt(20), 0, 255));
                out.write(Math.clamp(30 + 180 * y / height + random.nextInt(12), 0, 255));
                out.write(Math.clamp(200 - 120 * (x + y) / (width + height) - edge, 0, 255));
            }
        }
        return out.toByteArray();
    }

    public static Picture decode(byte[] jpeg) {
        JpegStream stream = StructureReader.read(jpeg, MAX_PIXELS);
        Coefficients planes = new Coefficients();
        new PlaneDecoder().decode(stream, planes);
        return new Picture(stream.frame(), stream.tables(), planes);
    }

    /// A frame with these sampling factors, one `HV` for each component, such as 22, 11, 11.
    public static Frame frame(int width, int height, int... factors) {
        byte[] header = new byte[6 + 3 * factors.length];
        header[0] = 8;
        header[1] = (byte) (height >> 8);
        header[2] = (byte) height;
        header[3] = (byte) (width >> 8);
        header[4] = (byte) width;
        header[5] = (byte) factors.length;
        for (int i = 0; i < factors.length; i++) {
            header[6 + 3 * i] = (byte) (i + 1);
            header[7 + 3 * i] = (byte) (factors[i] / 10 << 4 | factors[i] % 10);
            header[8 + 3 * i] = (byte) Math.min(i, 1);
        }
        return FrameHeader.read(header, Markers.SOF0, 0, header.length, MAX_PIXELS);
    }

    /// Coefficients by chance, dense or sparse, small or as large as 8-bit samples allow.
    ///
    /// @param density share of AC coefficients that are not zero
    /// @param largest magnitude, up to 1,023
    public static Picture random(Frame frame, double density, int largest, Random random) {
        Coefficients planes = new Coefficients();
        planes.reset(frame);
        List<QuantTable> tables = new ArrayList<>();
        for (FrameComponent component : frame.components()) {
            short[] plane = planes.plane(component);
            for (int y = 0; y < component.blocksHigh(); y++) {
                for (int x = 0; x < component.blocksWide(); x++) {
                    int block = y * component.storedWide() + x;
                    int at = block * 64;
                    planes.dc(component)[block] = (short) (random.nextInt(2 * largest + 1) - largest);
                    for (int k = 1; k < 64; k++) {
                        int magnitude = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(largest);
                        plane[at + k] = (short)
                                (random.nextDouble() < density ? (random.nextBoolean() ? magnitude : -magnitude) : 0);
                    }
                }
            }
            tables.add(component.index() == 0 ? QuantTable.luminance(60) : QuantTable.chrominance(60));
        }
        return new Picture(frame, tables, planes);
    }

    /// The blocks of one component that hold samples of the picture, row by row, 64 values each.
    public static short[] blocks(FrameComponent component, Coefficients planes) {
        short[] blocks = new short[component.blocksWide() * component.blocksHigh() * 64];
        int to = 0;
        for (int y = 0; y < component.blocksHigh(); y++) {
            for (int x = 0; x < component.blocksWide(); x++, to += 64) {
                int block = y * component.storedWide() + x;
                blocks[to] = planes.dc(component)[block];
                System.arraycopy(planes.plane(component), block * 64 + 1, blocks, to + 1, 63);
            }
        }
        return blocks;
    }

    /// Takes over the values of all stored blocks, 64 each.
    public static void store(short[] blocks, FrameComponent component, Coefficients planes) {
        System.arraycopy(blocks, 0, planes.plane(component), 0, blocks.length);
        for (int block = 0; block < component.storedBlocks(); block++) {
            planes.dc(component)[block] = blocks[block * 64];
        }
    }

    /// Whether both hold the same picture, whatever fills their last MCUs up. The sampling factors of a single
    /// component mean nothing, and libjpeg changes them.
    public static boolean same(Picture one, Picture other) {
        boolean single = one.frame().components().size() == 1;
        return (single || one.frame().components().equals(other.frame().components()))
                && one.frame().components().size() == other.frame().components().size()
                && one.frame().width() == other.frame().width()
                && one.frame().height() == other.frame().height()
                && one.tables().equals(other.tables())
                && one.frame().components().stream()
                        .allMatch(component -> Arrays.equals(
                                blocks(component, one.planes()),
                                blocks(other.frame().components().get(component.index()), other.planes())));
    }
}
