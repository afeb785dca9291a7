package dev.halftone.adapters.imaging.pixel;

import java.util.Arrays;

/// Shrinks what has no alpha with Lanczos' kernel of three lobes, widened by the ratio of the sizes: each
/// output pixel is a weighted mean of its surroundings. Down first, whole rows at a time, which a compiler
/// turns into vector code; then across. A few rows of memory.
public final class Lanczos {
    private final int channels;
    private final int width;
    private final Taps across;
    private final Taps down;
    private final Deadline deadline;

    private Lanczos(Picture picture, int channels, int width, int height, Deadline deadline) {
        this.channels = channels;
        this.width = width;
        this.across = Taps.of(picture.width(), width, 0, width);
        this.down = Taps.of(picture.height(), height, 0, height);
        this.deadline = deadline;
    }

    /// @param picture grey or opaque
    /// @param width at most the picture's; likewise `height`
    public static Picture shrink(Picture picture, int width, int height, Deadline deadline) {
        return switch (picture) {
            case Picture.Grey grey -> {
                byte[] out = new byte[width * height];
                new Lanczos(grey, 1, width, height, deadline)
                        .run(
                                grey.width(),
                                (y, row) -> {
                                    for (int x = 0, at = y * grey.width(); x < grey.width(); x++) {
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
                new Lanczos(colour, 3, width, height, deadline)
                        .run(
                                colour.width(),
                                (y, row) -> planes(colour.argb(), y * colour.width(), colour.width(), row),
                                (y, row) -> pack(row, out, y * width, width));
                yield new Picture.Colour(width, height, out, true);
            }
        };
    }

    private static void planes(int[] argb, int at, int width, float[] row) {
        for (int x = 0; x < width; x++) {
            int pixel = argb[at + x];
            row[x] = pixel >> 16 & 255;
            row[width + x] = pixel >> 8 & 255;
            row[2 * width + x] = pixel & 255;
        }
    }

    private static void pack(float[] row, int[] argb, int at, int width) {
        for (int x = 0; x < width; x++) {
            argb[at + x] = 0xff000000 | round(row[x]) << 16 | round(row[width + x]) << 8 | round(row[2 * width + x]);
        }
    }

    private static int round(float value) {
        return Math.min(Math.max((int) (value + 0.5f), 0), 255);
    }

    private interface Rows {
        void accept(int y, float[] row);
    }

    private void run(int fromWidth, Rows read, Rows write) {
        float[][] ring = new float[down.most()][channels * fromWidth];
        float[] mean = new float[channels * fromWidth];
        float[] out = new float[channels * width];
        int next = 0;
        for (int y = 0; y < down.first().length; y++) {
            deadline.check();
            float[] weights = down.weights()[y];
            for (; next < down.first()[y] + weights.length; next++) {
                read.accept(next, ring[next % ring.length]);
            }
            Arrays.fill(mean, 0);
            for (int i = 0; i < weights.length; i++) {
                add(mean, ring[(down.first()[y] + i) % ring.length], weights[i]);
            }
            if (channels == 3) {
                acrossThree(mean, fromWidth, out);
            } else {
                acrossOne(mean, out);
            }
            write.accept(y, out);
        }
    }

    private static void add(float[] sum, float[] row, float weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += row[i] * weight;
        }
    }

    /// The channels side by side, so that none waits for another's sum.
    private void acrossThree(float[] row, int fromWidth, float[] out) {
        for (int x = 0; x < width; x++) {
            float[] weights = across.weights()[x];
            int at = across.first()[x];
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int i = 0; i < weights.length; i++, at++) {
                red += weights[i] * row[at];
                green += weights[i] * row[fromWidth + at];
                blue += weights[i] * row[2 * fromWidth + at];
            }
            out[x] = red;
            out[width + x] = green;
            out[2 * width + x] = blue;
        }
    }

    private void acrossOne(float[] row, float[] out) {
        for (int x = 0; x < width; x++) {
            float[] weights = across.weights()[x];
            int at = across.first()[x];
            float sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * row[at + i];
            }
            out[x] = sum;
        }
    }
}
