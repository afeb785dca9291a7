package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decodes a still PNG of any colour type, depth and interlace (W3C PNG, third edition) to 8 bits a sample.
/// Exact: no colour is converted. Inflates row by row, so a small file that announces little can't cost much.
public final class PngDecoder {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final PngFile file;
    private final Deadline deadline;
    private final int width;
    private final int height;
    private final int depth;
    private final int type;
    private final boolean interlaced;
    private final int channels;
    private final int[] palette;
    private final long clear;
    private byte[] grey = new byte[0];
    private int[] argb = new int[0];

    private PngDecoder(PngFile file, Deadline deadline) {
        this.file = file;
        this.deadline = deadline;
        byte[] header = file.dataOf("IHDR").orElseThrow();
        this.width = int32(header, 0);
        this.height = int32(header, 4);
        this.depth = header[8];
        this.type = header[9];
        this.interlaced = header[12] == 1;
        if (!validDepth() || header[10] != 0 || header[11] != 0 || header[12] > 1) {
            throw damaged("the PNG header names an unknown colour type, depth or method");
        }
        this.channels = switch (type) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        Optional<byte[]> trns = file.dataOf("tRNS");
        this.palette = type == 3 ? paletteOf(trns.orElse(new byte[0])) : new int[0];
        this.clear = trns.map(this::clearOf).orElse(-1L);
    }

    public static Picture decode(PngFile file, Deadline deadline) {
        return new PngDecoder(file, deadline).decode();
    }

    private boolean validDepth() {
        List<Integer> allowed = switch (type) {
            case 0 -> List.of(1, 2, 4, 8, 16);
            case 3 -> List.of(1, 2, 4, 8);
            case 2, 4, 6 -> List.of(8, 16);
            default -> List.of();
        };
        return allowed.contains(depth);
    }

    /// Indexes without an entry are black, as in libpng.
    private int[] paletteOf(byte[] trns) {
        byte[] plte = file.dataOf("PLTE").orElseThrow(() -> damaged("the PNG has no palette"));
        int[] colours = new int[256];
        for (int i = 0; i < 256; i++) {
            int alpha = i < trns.length ? trns[i] & 255 : 255;
            int rgb = 3 * i + 2 < plte.length
                    ? (plte[3 * i] & 255) << 16 | (plte[3 * i + 1] & 255) << 8 | plte[3 * i + 2] & 255
                    : 0;
            colours[i] = alpha << 24 | rgb;
        }
        return colours;
    }

    /// The one clear colour of a picture without alpha, its samples side by side at 16 bits each.
    private long clearOf(byte[] trns) {
        long mask = (1L << depth) - 1;
        if (type == 0 && trns.length >= 2) {
            return int16(trns, 0) & mask;
        }
        if (type == 2 && trns.length >= 6) {
            return (int16(trns, 0) & mask) << 32 | (int16(trns, 2) & mask) << 16 | int16(trns, 4) & mask;
        }
        return -1;
    }

    private Picture decode() {
        if (type == 0 && clear < 0) {
            grey = new byte[width * height];
        } else {
            argb = new int[width * height];
        }
        try (Rows rows = new Rows(file)) {
            if (interlaced) {
                for (int[] pass : ADAM7) {
                    pass(rows, pass[0], pass[1], pass[2], pass[3]);
                }
            } else {
                pass(rows, 0, 0, 1, 1);
            }
            rows.finish();
        } catch (DataFormatException e) {
            throw damaged("the PNG's compressed data is damaged");
        }
        return grey.length > 0 ? new Picture.Grey(width, height, grey) : Picture.Colour.of(width, height, argb);
    }

    private void pass(Rows rows, int left, int top, int dx, int dy) throws DataFormatException {
        int columns = (width - left + dx - 1) / dx;
        if (columns <= 0 || top >= height) {
            return;
        }
        int bits = channels * depth;
        int rowBytes = Math.toIntExact(((long) columns * bits + 7) / 8);
        int bpp = Math.max(1, bits / 8);
        byte[] previous = new byte[rowBytes];
        byte[] current = new byte[rowBytes];
        for (int y = top; y < height; y += dy) {
            deadline.check();
            int filter = rows.read(current);
            if (filter > 4) {
                throw damaged("the PNG uses an unknown filter " + filter);
            }
            Filters.undo(filter, current, previous, bpp);
            place(current, columns, y * width + left, dx);
            byte[] swap = previous;
            previous = current;
            current = swap;
        }
    }

    private void place(byte[] row, int columns, int at, int dx) {
        switch (type) {
            case 0 -> placeGrey(row, columns, at, dx);
            case 2 -> placeRgb(row, columns, at, dx);
            case 3 -> {
                for (int x = 0; x < columns; x++, at += dx) {
                    argb[at] = palette[sample(row, x)];
                }
            }
            case 4 -> {
                for (int x = 0; x < columns; x++, at += dx) {
                    argb[at] = eight(row, 2 * x + 1) << 24 | eight(row, 2 * x) * 0x010101;
                }
            }
            default -> {
                for (int x = 0; x < columns; x++, at += dx) {
                    argb[at] = eight(row, 4 * x + 3) << 24
                            | eight(row, 4 * x) << 16
                            | eight(row, 4 * x + 1) << 8
                            | eight(row, 4 * x + 2);
                }
            }
        }
    }

    private void placeGrey(byte[] row, int columns, int at, int dx) {
        int scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
        for (int x = 0; x < columns; x++, at += dx) {
            int value = depth == 16 ? eight(row, x) : sample(row, x) * scale;
            if (clear < 0) {
                grey[at] = (byte) value;
            } else {
                long raw = depth == 16 ? int16(row, 2 * x) : sample(row, x);
                argb[at] = (raw == clear ? 0 : 0xff000000) | value * 0x010101;
            }
        }
    }

    private void placeRgb(byte[] row, int columns, int at, int dx) {
        for (int x = 0; x < columns; x++, at += dx) {
            int rgb = eight(row, 3 * x) << 16 | eight(row, 3 * x + 1) << 8 | eight(row, 3 * x + 2);
            argb[at] = 0xff000000 | rgb;
            if (clear >= 0 && raw(row, 3 * x) == clear) {
                argb[at] = rgb;
            }
        }
    }

    private long raw(byte[] row, int index) {
        return depth == 16
                ? int16(row, 2 * index) << 32 | int16(row, 2 * index + 2) << 16 | int16(row, 2 * index + 4)
                : (row[index] & 255L) << 32 | (row[index + 1] & 255L) << 16 | row[index + 2] & 255L;
    }

    /// A sample of at most 8 bits as it is stored.
    private int sample(byte[] row, int index) {
        if (depth == 8) {
            return row[index] & 255;
        }
        int bit = index * depth;
        return row[bit >> 3] >> 8 - depth - (bit & 7) & (1 << depth) - 1;
    }

    /// A sample of 8 or 16 bits as 8 bits, rounded.
    private int eight(byte[] row, int index) {
        return depth == 8 ? row[index] & 255 : (int) (int16(row, 2 * index) * 255 + 32895 >> 16);
    }

    private static long int16(byte[] bytes, int at) {
        return (bytes[at] & 255L) << 8 | bytes[at + 1] & 255L;
    }

    private static int int32(byte[] bytes, int at) {
        return (int) (int16(bytes, at) << 16 | int16(bytes, at + 2));
    }

    private static HalftoneException damaged(String detail) {
        return HalftoneException.of(FailureCode.CORRUPT_IMAGE, detail);
    }

    /// The inflated stream over all IDAT chunks.
    private static final class Rows implements AutoCloseable {
        private final Inflater inflater = new Inflater();
        private final byte[] bytes;
        private final List<PngFile.Chunk> parts;
        private final byte[] filter = new byte[1];
        private int next;

        Rows(PngFile file) {
            this.bytes = file.bytes();
            this.parts =
                    file.chunks().stream().filter(c -> c.type().equals("IDAT")).toList();
        }

        int read(byte[] row) throws DataFormatException {
            fill(filter);
            fill(row);
            return filter[0] & 255;
        }

        private void fill(byte[] target) throws DataFormatException {
            int at = 0;
            while (at < target.length) {
                int got = inflater.inflate(target, at, target.length - at);
                at += got;
                if (got == 0 && (inflater.finished() || inflater.needsDictionary() || !feed())) {
                    throw damaged("the PNG is cut short: its data ends before its last row");
                }
            }
        }

        private boolean feed() {
            if (!inflater.needsInput()) {
                return true;
            }
            if (next == parts.size()) {
                return false;
            }
            PngFile.Chunk part = parts.get(next++);
            inflater.setInput(bytes, part.data(), part.length());
            return true;
        }

        /// Reads on to the checksum of the stream, so that a wrong one is noticed. Surplus rows are let pass.
        void finish() throws DataFormatException {
            byte[] rest = new byte[512];
            int surplus = 0;
            while (!inflater.finished() && surplus < 1 << 20) {
                int got = inflater.inflate(rest);
                surplus += got;
                if (got == 0 && !inflater.finished() && !feed()) {
                    return;
                }
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
