package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;

/// Writes PNG files: the smallest form of the picture, and the filter and deflate strategy that came out
/// smallest on a sample of its rows, or on all of them where the picture is small.
public final class PngEncoder {
    /// Filter chosen row by row, by the smallest sum of absolute differences.
    private static final int ADAPTIVE = 5;

    /// Raw bytes up to which every plan is run on the whole picture.
    private static final int TRY_ALL = 200_000;

    /// Likewise where the smallest file is worth seconds.
    private static final int TRY_ALL_THOROUGHLY = 6_000_000;

    private static final int SAMPLE = 100_000;
    private static final int SAMPLE_THOROUGHLY = 300_000;

    /// From here to 9 deflate takes up to five times as long for two per cent, and the plans' order stays.
    private static final int USUAL_LEVEL = 6;

    /// Raw bytes over which the last per cent that level 9 gains is not worth its seconds.
    private static final int LARGE = 6_000_000;

    private PngEncoder() {}

    /// One way to pack the rows.
    private record Plan(int filter, int strategy) {}

    /// Without changing a sample.
    ///
    /// @param colour whether it has to stay a colour type, because the profile in `ancillary` is one for RGB
    /// @param ancillary whole chunks that go between header and picture data (gAMA, iCCP, metadata)
    /// @param thorough whether more plans are run on the whole picture
    public static byte[] exact(Picture picture, boolean colour, boolean thorough, byte[] ancillary, Deadline deadline) {
        return encode(ExactForm.of(picture, colour), thorough, ancillary, deadline);
    }

    /// A quantised picture.
    public static byte[] indexed(Quantised picture, boolean thorough, byte[] ancillary, Deadline deadline) {
        byte[] indexes = picture.indexes();
        int width = picture.width();
        Scanlines lines = ExactForm.indexed(width, picture.height(), picture.palette(), (y, row, bits) -> {
            for (int x = 0, at = y * width; x < width; x++) {
                ExactForm.put(row, x, indexes[at + x] & 255, bits);
            }
        });
        return encode(lines, thorough, ancillary, deadline);
    }

    private static byte[] encode(Scanlines lines, boolean thorough, byte[] ancillary, Deadline deadline) {
        byte[] data = smallest(lines, thorough, deadline);
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + ancillary.length + 1200);
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(lines.width()).putInt(lines.height());
        header.put((byte) lines.depth()).put((byte) lines.type());
        out.writeBytes(PngFile.chunk("IHDR", header.array()));
        out.writeBytes(ancillary);
        writePalette(out, lines.palette());
        out.writeBytes(PngFile.chunk("IDAT", data));
        out.writeBytes(PngFile.chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static void writePalette(ByteArrayOutputStream out, int[] palette) {
        if (palette.length == 0) {
            return;
        }
        byte[] plte = new byte[3 * palette.length];
        byte[] trns = new byte[palette.length];
        int clear = 0;
        for (int i = 0; i < palette.length; i++) {
            plte[3 * i] = (byte) (palette[i] >> 16);
            plte[3 * i + 1] = (byte) (palette[i] >> 8);
            plte[3 * i + 2] = (byte) palette[i];
            trns[i] = (byte) (palette[i] >> 24);
            clear = palette[i] >>> 24 == 255 ? clear : i + 1;
        }
        out.writeBytes(PngFile.chunk("PLTE", plte));
        if (clear > 0) {
            out.writeBytes(PngFile.chunk("tRNS", Arrays.copyOf(trns, clear)));
        }
    }

    private static byte[] smallest(Scanlines lines, boolean thorough, Deadline deadline) {
        long raw = (long) lines.rowBytes() * lines.height();
        boolean small = raw <= (thorough ? TRY_ALL_THOROUGHLY : TRY_ALL);
        Plan best = plans(lines).stream()
                .min(Comparator.comparingInt(
                        plan -> small ? whole(lines, plan, deadline) : sampled(lines, plan, thorough, deadline)))
                .orElseThrow();
        int level = small || thorough ? raw > LARGE ? 7 : Deflater.BEST_COMPRESSION : USUAL_LEVEL;
        return packed(lines, best, 0, lines.height(), level, deadline);
    }

    /// Differences between palette indexes mean little, so there only two plans are worth a try.
    private static List<Plan> plans(Scanlines lines) {
        List<Plan> plans = new ArrayList<>();
        plans.add(new Plan(Filters.NONE, Deflater.DEFAULT_STRATEGY));
        if (lines.depth() < 8) {
            plans.add(new Plan(Filters.UP, Deflater.DEFAULT_STRATEGY));
            return plans;
        }
        plans.add(new Plan(ADAPTIVE, Deflater.DEFAULT_STRATEGY));
        if (lines.type() == 3) {
            return plans;
        }
        plans.add(new Plan(ADAPTIVE, Deflater.FILTERED));
        plans.add(new Plan(Filters.SUB, Deflater.DEFAULT_STRATEGY));
        plans.add(new Plan(Filters.UP, Deflater.DEFAULT_STRATEGY));
        plans.add(new Plan(Filters.PAETH, Deflater.DEFAULT_STRATEGY));
        plans.add(new Plan(Filters.PAETH, Deflater.FILTERED));
        return plans;
    }

    /// Size of all rows under this plan.
    private static int whole(Scanlines lines, Plan plan, Deadline deadline) {
        return packed(lines, plan, 0, lines.height(), USUAL_LEVEL, deadline).length;
    }

    /// Size of three bands of rows under this plan.
    private static int sampled(Scanlines lines, Plan plan, boolean thorough, Deadline deadline) {
        int bytes = thorough ? SAMPLE_THOROUGHLY : SAMPLE;
        int rows = Math.clamp(bytes / 3 / lines.rowBytes(), 1, lines.height() / 3 + 1);
        int total = 0;
        for (int band = 0; band < 3; band++) {
            int from = (int) ((long) (lines.height() - rows) * (2 * band + 1) / 6);
            total += packed(lines, plan, from, from + rows, USUAL_LEVEL, deadline).length;
        }
        return total;
    }

    private static byte[] packed(Scanlines lines, Plan plan, int from, int to, int level, Deadline deadline) {
        int rowBytes = lines.rowBytes();
        byte[] above = new byte[rowBytes];
        byte[] row = new byte[rowBytes];
        byte[] filtered = new byte[rowBytes + 1];
        byte[] buffer = new byte[1 << 15];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(level)) {
            deflater.setStrategy(plan.strategy);
            for (int y = from; y < to; y++) {
                deadline.check();
                Arrays.fill(row, (byte) 0);
                lines.rows().pack(y, row);
                int filter = plan.filter == ADAPTIVE ? calmest(row, above, lines.bpp(), filtered) : plan.filter;
                Filters.apply(filter, row, above, lines.bpp(), filtered);
                deflater.setInput(filtered);
                while (!deflater.needsInput()) {
                    out.write(buffer, 0, deflater.deflate(buffer));
                }
                byte[] swap = above;
                above = row;
                row = swap;
            }
            deflater.finish();
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    /// The heuristic of the PNG specification (section 12.7): the filter whose output, taken as signed
    /// bytes, has the least sum of absolute values.
    private static int calmest(byte[] row, byte[] above, int bpp, byte[] spare) {
        int best = Filters.NONE;
        long least = Long.MAX_VALUE;
        for (int filter = Filters.NONE; filter <= Filters.PAETH; filter++) {
            Filters.apply(filter, row, above, bpp, spare);
            long sum = 0;
            for (int i = 1; i < spare.length; i++) {
                sum += Math.abs(spare[i]);
            }
            if (sum < least) {
                least = sum;
                best = filter;
            }
        }
        return best;
    }
}
