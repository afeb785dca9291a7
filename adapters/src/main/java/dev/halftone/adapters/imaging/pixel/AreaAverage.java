package dev.halftone.adapters.imaging.pixel;

import java.util.Arrays;

/// Shrinks by averaging: each output pixel is the mean of the source area it covers, fractions of pixels
/// included. Colours are weighted by their alpha, so that clear pixels leave no fringe. One pass, a few rows
/// of memory.
public final class AreaAverage {
    private AreaAverage() {}

    /// @param width at most the picture's; likewise `height`
    public static Picture shrink(Picture picture, int width, int height, Deadline deadline) {
        return switch (picture) {
            case Picture.Grey grey -> {
                byte[] out = new byte[width * height];
                new Pass(1, grey.width(), grey.height(), width, height, deadline)
                        .run(
                                (y, row) -> {
                                    int at = y * grey.width();
                                    for (int x = 0; x < grey.width(); x++) {
                                        row[x] = grey.samples()[at + x] & 0xff;
                                    }
                                },
                                (y, row) -> {
                                    for (int x = 0; x < width; x++) {
                                        out[y * width + x] = (byte) round(row[x]);
                                    }
                                });
                yield new Picture.Grey(width, height, out);
            }
            case Picture.Colour colour -> {
                int[] out = new int[width * height];
                new Pass(4, colour.width(), colour.height(), width, height, deadline)
                        .run(
                                (y, row) -> unpack(colour.argb(), y * colour.width(), colour.width(), row),
                                (y, row) -> pack(row, out, y * width, width));
                yield colour.opaque()
                        ? new Picture.Colour(width, height, out, true)
                        : Picture.Colour.of(width, height, out);
            }
        };
    }

    private static void unpack(int[] argb, int at, int width, float[] row) {
        for (int x = 0, i = 0; x < width; x++, i += 4) {
            int pixel = argb[at + x];
            float alpha = (pixel >>> 24) / 255f;
            row[i] = pixel >>> 24;
            row[i + 1] = (pixel >> 16 & 255) * alpha;
            row[i + 2] = (pixel >> 8 & 255) * alpha;
            row[i + 3] = (pixel & 255) * alpha;
        }
    }

    private static void pack(float[] row, int[] argb, int at, int width) {
        for (int x = 0, i = 0; x < width; x++, i += 4) {
            int alpha = round(row[i]);
            float scale = row[i] > 0 ? 255 / row[i] : 0;
            argb[at + x] = alpha == 0
                    ? 0
                    : alpha << 24
                            | round(row[i + 1] * scale) << 16
                            | round(row[i + 2] * scale) << 8
                            | round(row[i + 3] * scale);
        }
    }

    private static int round(float value) {
        return Math.clamp((int) (value + 0.5f), 0, 255);
    }

    private interface Rows {
        void accept(int y, float[] row);
    }

    private static final class Pass {
        private final int channels;
        private final int fromWidth;
        private final int fromHeight;
        private final int toWidth;
        private final int toHeight;
        private final Deadline deadline;

        Pass(int channels, int fromWidth, int fromHeight, int toWidth, int toHeight, Deadline deadline) {
            this.channels = channels;
            this.fromWidth = fromWidth;
            this.fromHeight = fromHeight;
            this.toWidth = toWidth;
            this.toHeight = toHeight;
            this.deadline = deadline;
        }

        void run(Rows read, Rows write) {
            float[] source = new float[fromWidth * channels];
            float[] narrow = new float[toWidth * channels];
            float[] sum = new float[toWidth * channels];
            double step = (double) fromHeight / toHeight;
            int done = 0;
            for (int y = 0; y < fromHeight; y++) {
                deadline.check();
                read.accept(y, source);
                narrow(source, narrow);
                double at = y;
                while (at < y + 1 && done < toHeight) {
                    double end = done + 1 == toHeight ? fromHeight : (done + 1) * step;
                    double until = Math.min(y + 1, end);
                    add(sum, narrow, (float) ((until - at) / step));
                    at = until;
                    if (until >= end) {
                        write.accept(done++, sum);
                        Arrays.fill(sum, 0);
                    }
                }
            }
        }

        private void narrow(float[] source, float[] narrow) {
            double step = (double) fromWidth / toWidth;
            for (int x = 0; x < toWidth; x++) {
                double from = x * step;
                double to = Math.min(fromWidth, from + step);
                int first = (int) from;
                int last = Math.min(fromWidth - 1, (int) Math.ceil(to) - 1);
                for (int c = 0; c < channels; c++) {
                    float total = 0;
                    for (int i = first; i <= last; i++) {
                        total += source[i * channels + c];
                    }
                    total -= (float) (from - first) * source[first * channels + c];
                    total -= (float) (last + 1 - to) * source[last * channels + c];
                    narrow[x * channels + c] = (float) (total / (to - from));
                }
            }
        }

        private static void add(float[] sum, float[] row, float weight) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i] * weight;
            }
        }
    }
}
