package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Deadline;

/// A Gaussian blur, row by row: three boxes after one another, each with fractional ends so that their variance is
/// exactly the wanted one (Gwosdek, Grewenig, Bruhn, Weickert, "Theoretical foundations of Gaussian convolution by
/// extended box filtering", 2011). The cost does not grow with sigma; memory is a few rows more than six sigma. Beyond
/// its edges the picture goes on as it ends.
final class Smoothing {
    private static final int PASSES = 3;

    private final int channels;
    private final int width;
    private final int radius;
    private final float end;
    private final float scale;

    private Smoothing(int channels, int width, double sigma) {
        this.channels = channels;
        this.width = width;
        double variance = sigma * sigma / PASSES;
        this.radius = (int) Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
        double weight = (2 * radius + 1)
                * (variance - radius * (radius + 1) / 3.0)
                / (2 * ((radius + 1.0) * (radius + 1.0) - variance));
        this.end = (float) weight;
        this.scale = (float) (1 / (2 * radius + 1 + 2 * weight));
    }

    interface Rows {
        void accept(int y, float[] row);
    }

    /// @param channels samples of a pixel, interleaved
    /// @param read fills a row of the source
    /// @param write takes a row of the result, which it must not keep
    static void run(int channels, int width, int height, double sigma, Rows read, Rows write, Deadline deadline) {
        Smoothing smoothing = new Smoothing(channels, width, sigma);
        Stage last = smoothing.new Stage(height, write);
        Stage middle = smoothing.new Stage(height, last::push);
        Stage first = smoothing.new Stage(height, middle::push);
        float[] row = new float[channels * width];
        float[] other = new float[row.length];
        for (int y = 0; y < height; y++) {
            deadline.check();
            read.accept(y, row);
            smoothing.across(row, other);
            smoothing.across(other, row);
            smoothing.across(row, other);
            first.push(y, other);
        }
    }

    private void across(float[] from, float[] to) {
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int x = -radius; x <= radius; x++) {
                sum += from[at(x, c)];
            }
            for (int x = 0, i = c; x < width; x++, i += channels) {
                float after = from[at(x + radius + 1, c)];
                to[i] = (sum + end * (from[at(x - radius - 1, c)] + after)) * scale;
                sum += after - from[at(x - radius, c)];
            }
        }
    }

    private int at(int x, int channel) {
        return Math.clamp(x, 0, width - 1) * channels + channel;
    }

    /// One box from top to bottom, over the rows that are pushed.
    private final class Stage {
        private final int height;
        private final Rows next;
        private final float[][] kept;
        private final float[] sum;
        private final float[] out;
        private int done;

        Stage(int height, Rows next) {
            this.height = height;
            this.next = next;
            this.kept = new float[Math.min(height, 2 * radius + 3)][channels * width];
            this.sum = new float[channels * width];
            this.out = new float[channels * width];
        }

        void push(int y, float[] row) {
            System.arraycopy(row, 0, kept[y % kept.length], 0, row.length);
            int ready = y == height - 1 ? y : y - radius - 1;
            while (done <= ready) {
                emit(done++);
            }
        }

        private void emit(int y) {
            if (y == 0) {
                for (int i = -radius; i <= radius; i++) {
                    float[] row = row(i);
                    for (int x = 0; x < sum.length; x++) {
                        sum[x] += row[x];
                    }
                }
            }
            float[] before = row(y - radius - 1);
            float[] first = row(y - radius);
            float[] after = row(y + radius + 1);
            for (int x = 0; x < sum.length; x++) {
                out[x] = (sum[x] + end * (before[x] + after[x])) * scale;
                sum[x] += after[x] - first[x];
            }
            next.accept(y, out);
        }

        private float[] row(int y) {
            return kept[Math.clamp(y, 0, height - 1) % kept.length];
        }
    }
}
