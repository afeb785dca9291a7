package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.util.Arrays;
import java.util.Optional;

/// Finds a palette: the fewest colours whose mean squared difference from the picture stays within what a quality
/// allows. Boxes of colours are cut in two where that helps most (variance-based median cut, after Heckbert 1982 and Wu
/// 1991), then the palette is refined by k-means over the histogram (Lloyd's algorithm).
final class PaletteQuantizer {
    static final int MOST_COLOURS = 256;

    private static final int REFINEMENTS = 4;
    private static final int ATTEMPTS = 4;

    /// Refining takes about this share of the error away, so cutting may stop a little early.
    private static final double REFINED = 0.75;

    private final ColourHistogram histogram;
    private final Deadline deadline;
    private final float[] points;
    private final float[] weights;
    private final int[] owner;
    private final double total;
    private float[] centres = new float[0];

    PaletteQuantizer(ColourHistogram histogram, Deadline deadline) {
        this.histogram = histogram;
        this.deadline = deadline;
        int size = histogram.size();
        points = new float[4 * size];
        weights = new float[size];
        owner = new int[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            ColourSpace.put(histogram.colour(i), points, 4 * i);
            weights[i] = histogram.count(i);
            sum += weights[i];
        }
        total = sum;
    }

    /// The palette, or nothing where even 256 colours differ more than the quality allows.
    Optional<int[]> palette(int quality) {
        double allowed = ColourSpace.allowedError(quality);
        if (histogram.isExact() && histogram.size() <= 2) {
            return Optional.of(histogram.colours().clone());
        }
        Boxes boxes = new Boxes(points, weights);
        double aim = allowed * total / REFINED;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            deadline.check();
            boxes.cutUntil(aim, MOST_COLOURS);
            centres = boxes.centres();
            double error = refine();
            if (error <= allowed * total) {
                return Optional.of(colours());
            }
            if (boxes.count() == MOST_COLOURS || boxes.isExhausted()) {
                break;
            }
            aim = Math.min(aim * 0.8, aim * allowed * total / error);
        }
        return histogram.isExact() && histogram.size() <= MOST_COLOURS
                ? Optional.of(histogram.colours().clone())
                : Optional.empty();
    }

    private double refine() {
        double error = 0;
        for (int round = 0; round < REFINEMENTS; round++) {
            deadline.check();
            double before = error;
            error = assign();
            if (round > 0 && error > before * 0.97) {
                break;
            }
            moveCentres();
        }
        return assign();
    }

    /// Gives each colour to its nearest centre.
    ///
    /// @return the sum of the weighted squared differences
    private double assign() {
        int count = centres.length / 4;
        double error = 0;
        for (int i = 0; i < weights.length; i++) {
            int best = owner[i] < count ? owner[i] : 0;
            float least = ColourSpace.difference(points, 4 * i, centres, 4 * best);
            for (int c = 0; c < count; c++) {
                float green = points[4 * i + 1] - centres[4 * c + 1];
                if (green * green >= least) {
                    float alpha = points[4 * i + 3] - centres[4 * c + 3];
                    if (alpha == 0) {
                        continue;
                    }
                }
                float difference = ColourSpace.difference(points, 4 * i, centres, 4 * c);
                if (difference < least) {
                    least = difference;
                    best = c;
                }
            }
            owner[i] = best;
            error += (double) least * weights[i];
        }
        return error;
    }

    private void moveCentres() {
        double[] sums = new double[centres.length];
        double[] mass = new double[centres.length / 4];
        for (int i = 0; i < weights.length; i++) {
            int c = owner[i];
            mass[c] += weights[i];
            for (int channel = 0; channel < 4; channel++) {
                sums[4 * c + channel] += (double) points[4 * i + channel] * weights[i];
            }
        }
        for (int c = 0; c < mass.length; c++) {
            for (int channel = 0; channel < 4 && mass[c] > 0; channel++) {
                centres[4 * c + channel] = (float) (sums[4 * c + channel] / mass[c]);
            }
        }
    }

    /// The centres as colours of 8 bits, each once.
    private int[] colours() {
        int[] colours = new int[centres.length / 4];
        for (int c = 0; c < colours.length; c++) {
            colours[c] = ColourSpace.argb(centres[4 * c], centres[4 * c + 1], centres[4 * c + 2], centres[4 * c + 3]);
        }
        return Arrays.stream(colours).distinct().toArray();
    }
}
