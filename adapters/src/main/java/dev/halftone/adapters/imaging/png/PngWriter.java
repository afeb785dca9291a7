package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/// Writes PNG files and looks for the smallest: the narrowest samples that hold the picture, the filters that leave the
/// least, the deflate strategy that packs them best (W3C PNG, third edition, sections 9, 10 and 11).
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int ADAPTIVE = -1;

    /// Pictures up to this many bytes of samples are tried in every way.
    private static final int SMALL = 1 << 18;

    /// Filters hardly ever help indexes into a palette; up to this many bytes they are tried all the same.
    private static final int TINY = 1 << 16;

    private final byte[] ancillary;
    private final Deadline deadline;

    /// @param ancillary whole chunks that go between IHDR and the palette
    PngWriter(byte[] ancillary, Deadline deadline) {
        this.ancillary = ancillary;
        this.deadline = deadline;
    }

    /// @param palette at most 256 colours, clear ones first
    /// @param indexes one for each pixel
    byte[] indexed(int width, int height, int[] palette, byte[] indexes) {
        int depth = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8;
        byte[] rows = packed(width, height, indexes, depth);
        byte[] plte = new byte[3 * palette.length];
        int clear = 0;
        byte[] trns = new byte[palette.length];
        for (int i = 0; i < palette.length; i++) {
            plte[3 * i] = (byte) (palette[i] >> 16);
            plte[3 * i + 1] = (byte) (palette[i] >> 8);
            plte[3 * i + 2] = (byte) palette[i];
            trns[i] = (byte) (palette[i] >>> 24);
            clear = palette[i] >>> 24 == 255 ? clear : i + 1;
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(PngFile.chunk("PLTE", plte));
        if (clear > 0) {
            head.writeBytes(PngFile.chunk("tRNS", Arrays.copyOf(trns, clear)));
        }
        int[] filters =
                depth == 8 && rows.length <= TINY ? new int[] {Filters.NONE, ADAPTIVE} : new int[] {Filters.NONE};
        return file(width, height, depth, 3, head.toByteArray(), smallest(rows, height, 1, filters));
    }

    /// Every sample as it is.
    byte[] exact(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        return switch (picture) {
            case Picture.Grey grey -> file(width, height, 8, 0, new byte[0], tried(grey.samples(), height, 1));
            case Picture.Colour colour -> {
                int bytes = colour.opaque() ? 3 : 4;
                yield file(
                        width,
                        height,
                        8,
                        colour.opaque() ? 2 : 6,
                        new byte[0],
                        tried(samples(colour, bytes), height, bytes));
            }
        };
    }

    private byte[] tried(byte[] rows, int height, int bpp) {
        return smallest(
                rows,
                height,
                bpp,
                rows.length <= SMALL
                        ? new int[] {ADAPTIVE, Filters.PAETH, Filters.SUB, Filters.UP, Filters.NONE}
                        : new int[] {ADAPTIVE});
    }

    private static byte[] samples(Picture.Colour colour, int bytes) {
        byte[] rows = new byte[colour.argb().length * bytes];
        int at = 0;
        for (int pixel : colour.argb()) {
            // What nobody sees packs best as nothing.
            int shown = pixel >>> 24 == 0 ? 0 : pixel;
            rows[at++] = (byte) (shown >> 16);
            rows[at++] = (byte) (shown >> 8);
            rows[at++] = (byte) shown;
            if (bytes == 4) {
                rows[at++] = (byte) (shown >>> 24);
            }
        }
        return rows;
    }

    private static byte[] packed(int width, int height, byte[] indexes, int depth) {
        if (depth == 8) {
            return indexes;
        }
        int rowBytes = (width * depth + 7) / 8;
        byte[] rows = new byte[rowBytes * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int bit = x * depth;
                rows[y * rowBytes + (bit >> 3)] |= (byte) (indexes[y * width + x] << 8 - depth - (bit & 7));
            }
        }
        return rows;
    }

    private byte[] smallest(byte[] rows, int height, int bpp, int[] filters) {
        byte[] best = new byte[0];
        for (int filter : filters) {
            deadline.check();
            byte[] filtered = filtered(rows, rows.length / height, height, bpp, filter);
            byte[] packed = deflated(filtered, Deflater.DEFAULT_STRATEGY);
            best = best.length == 0 || packed.length < best.length ? packed : best;
            if (filter != Filters.NONE && rows.length <= SMALL) {
                packed = deflated(filtered, Deflater.FILTERED);
                best = packed.length < best.length ? packed : best;
            }
        }
        return best;
    }

    /// Filters all rows with one filter, or each with the one that leaves the smallest sum of absolute differences (the
    /// heuristic of section 12.7).
    private static byte[] filtered(byte[] rows, int rowBytes, int height, int bpp, int filter) {
        byte[] out = new byte[rows.length + height];
        byte[] row = new byte[rowBytes];
        byte[] above = new byte[rowBytes];
        byte[] candidate = new byte[rowBytes + 1];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rows, y * rowBytes, row, 0, rowBytes);
            int at = y * (rowBytes + 1);
            if (filter == ADAPTIVE) {
                long least = Long.MAX_VALUE;
                for (int one = Filters.NONE; one <= Filters.PAETH; one++) {
                    Filters.apply(one, row, above, bpp, candidate, 0);
                    long sum = 0;
                    for (int i = 1; i <= rowBytes; i++) {
                        sum += Math.abs(candidate[i]);
                    }
                    if (sum < least) {
                        least = sum;
                        System.arraycopy(candidate, 0, out, at, rowBytes + 1);
                    }
                }
            } else {
                Filters.apply(filter, row, above, bpp, out, at);
            }
            byte[] swap = above;
            above = row;
            row = swap;
        }
        return out;
    }

    private byte[] deflated(byte[] data, int strategy) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setStrategy(strategy);
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(data.length / 4 + 64);
            byte[] buffer = new byte[1 << 15];
            while (!deflater.finished()) {
                deadline.check();
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private byte[] file(int width, int height, int depth, int type, byte[] tables, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + ancillary.length + 1024);
        out.writeBytes(SIGNATURE);
        out.writeBytes(PngFile.chunk("IHDR", new byte[] {
            (byte) (width >> 24),
            (byte) (width >> 16),
            (byte) (width >> 8),
            (byte) width,
            (byte) (height >> 24),
            (byte) (height >> 16),
            (byte) (height >> 8),
            (byte) height,
            (byte) depth,
            (byte) type,
            0,
            0,
            0
        }));
        out.writeBytes(ancillary);
        out.writeBytes(tables);
        out.writeBytes(PngFile.chunk("IDAT", data));
        out.writeBytes(PngFile.chunk("IEND", new byte[0]));
        return out.toByteArray();
    }
}
