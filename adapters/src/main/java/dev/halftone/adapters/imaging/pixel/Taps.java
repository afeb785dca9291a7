package dev.halftone.adapters.imaging.pixel;

/// For each pixel of a stretch along one side: which source pixels make it, and with what weights. The weights
/// are those of Lanczos' kernel with three lobes, widened where the side shrinks; they add up to one. Beyond an
/// edge its pixel goes on.
///
/// @param first source pixel of each
@SuppressWarnings("ArrayRecordComponent")
public record Taps(int[] first, float[][] weights) {
    private static final int LOBES = 3;

    /// @param from pixels of the source side
    /// @param to pixels of the whole side after scaling
    /// @param start first pixel wanted, of `length`
    public static Taps of(int from, int to, int start, int length) {
        int[] first = new int[length];
        float[][] weights = new float[length][];
        double ratio = (double) from / to;
        double stretch = Math.max(1, ratio);
        for (int i = 0; i < length; i++) {
            double centre = (start + i + 0.5) * ratio - 0.5;
            int low = (int) Math.ceil(centre - LOBES * stretch);
            int high = (int) Math.floor(centre + LOBES * stretch);
            int least = Math.clamp(low, 0, from - 1);
            double[] sums = new double[Math.clamp(high, 0, from - 1) - least + 1];
            double whole = 0;
            for (int j = low; j <= high; j++) {
                double weight = lanczos((j - centre) / stretch);
                sums[Math.clamp(j, 0, from - 1) - least] += weight;
                whole += weight;
            }
            first[i] = least;
            weights[i] = new float[sums.length];
            for (int j = 0; j < sums.length; j++) {
                weights[i][j] = (float) (sums[j] / whole);
            }
        }
        return new Taps(first, weights);
    }

    public int last(int at) {
        return first[at] + weights[at].length - 1;
    }

    /// The most source pixels that one pixel is made of.
    public int most() {
        int most = 0;
        for (float[] each : weights) {
            most = Math.max(most, each.length);
        }
        return most;
    }

    private static double lanczos(double x) {
        if (Math.abs(x) < 1e-9) {
            return 1;
        }
        if (Math.abs(x) >= LOBES) {
            return 0;
        }
        double angle = Math.PI * x;
        return LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
    }
}
