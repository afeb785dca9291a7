package dev.halftone.adapters.imaging.png;

import java.util.Arrays;

/// Lloyd's k-means over the histogram: each colour goes to its nearest palette entry, each entry to the mean
/// of its colours.
final class Refinement {
    private final Histogram colours;
    private final int[] nearest;

    Refinement(Histogram colours) {
        this.colours = colours;
        this.nearest = new int[colours.size()];
    }

    /// @param palette the palette after the last step
    /// @param error mean square error a pixel with the palette before it, an upper bound for the one after it
    record Step(Palette palette, double error) {}

    Step run(float[][] start, int iterations) {
        Palette palette = new Palette(start);
        Arrays.fill(nearest, palette.size() / 2);
        double error = assign(palette);
        for (int i = 0; i < iterations; i++) {
            Palette moved = new Palette(means(palette));
            Arrays.setAll(nearest, n -> Math.min(nearest[n], moved.size() - 1));
            double now = assign(moved);
            if (now > error) {
                break;
            }
            boolean settled = now > error * 0.995;
            palette = moved;
            error = now;
            if (settled) {
                break;
            }
        }
        return new Step(palette, error);
    }

    /// @return the mean square error a pixel
    private double assign(Palette palette) {
        double sum = colours.spread();
        for (int i = 0; i < nearest.length; i++) {
            float r = colours.red()[i];
            float g = colours.green()[i];
            float b = colours.blue()[i];
            float a = colours.alpha()[i];
            nearest[i] = palette.nearest(r, g, b, a, nearest[i]);
            sum += (double) palette.distance(nearest[i], r, g, b, a) * colours.weight()[i];
        }
        return sum / colours.pixels();
    }

    /// The mean of each entry's colours; an entry without colours stays. A colour that makes up most of its
    /// group replaces the mean, so that plain backgrounds keep their exact tone.
    private float[][] means(Palette palette) {
        int n = palette.size();
        double[][] sums = new double[n][5];
        int[] heaviest = new int[n];
        Arrays.fill(heaviest, -1);
        for (int i = 0; i < nearest.length; i++) {
            double weight = colours.weight()[i];
            double[] sum = sums[nearest[i]];
            sum[0] += colours.red()[i] * weight;
            sum[1] += colours.green()[i] * weight;
            sum[2] += colours.blue()[i] * weight;
            sum[3] += colours.alpha()[i] * weight;
            sum[4] += weight;
            int heavy = heaviest[nearest[i]];
            if (heavy < 0 || weight > colours.weight()[heavy]) {
                heaviest[nearest[i]] = i;
            }
        }
        float[][] means = new float[n][];
        for (int k = 0; k < n; k++) {
            double weight = sums[k][4];
            int heavy = heaviest[k];
            if (weight == 0) {
                means[k] = new float[] {palette.red(k), palette.green(k), palette.blue(k), palette.alpha(k)};
            } else if (colours.weight()[heavy] > weight * 0.5) {
                means[k] = new float[] {
                    colours.red()[heavy], colours.green()[heavy], colours.blue()[heavy], colours.alpha()[heavy]
                };
            } else {
                means[k] = new float[4];
                for (int c = 0; c < 4; c++) {
                    means[k][c] = (float) (sums[k][c] / weight);
                }
            }
        }
        return means;
    }
}
