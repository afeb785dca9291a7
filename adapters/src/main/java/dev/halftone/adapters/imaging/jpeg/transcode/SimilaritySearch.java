package dev.halftone.adapters.imaging.jpeg.transcode;

import java.util.Optional;

/// Finds the lowest quality that keeps a similarity. Qualities are foreseen by an estimate, which is corrected by what
/// the pixels say each time.
final class SimilaritySearch {
    private static final int TRIES = 6;
    private static final double FINEST = 0.25;

    /// How far above the target is near enough, as a share of what is missing to 1.
    private static final double CLOSE = 0.02;

    private final Trial trial;
    private final double wanted;

    /// A way to foresee and to measure.
    interface Trial {
        double estimate(double quality);

        /// Of the pixels.
        double measure(double quality);
    }

    private SimilaritySearch(Trial trial, double wanted) {
        this.trial = trial;
        this.wanted = wanted;
    }

    /// @return empty when no quality up to 100 keeps it
    static Optional<Double> search(Trial trial, double wanted) {
        return new SimilaritySearch(trial, wanted).search();
    }

    private Optional<Double> search() {
        double fails = 1;
        double keeps = 100;
        Optional<Double> best = Optional.empty();
        double bias = 0;
        for (int i = 0; i < TRIES && keeps - fails > FINEST; i++) {
            double quality = foreseen(fails, keeps, bias);
            double measured = trial.measure(quality);
            bias = measured - trial.estimate(quality);
            if (measured < wanted) {
                fails = quality;
                continue;
            }
            keeps = quality;
            best = Optional.of(quality);
            if (measured - wanted <= CLOSE * (1 - wanted)) {
                return best;
            }
        }
        return best.isPresent() || trial.measure(100) < wanted ? best : Optional.of(100.0);
    }

    private double foreseen(double fails, double keeps, double bias) {
        double low = fails;
        double high = keeps;
        while (high - low > FINEST / 2) {
            double middle = (low + high) / 2;
            if (trial.estimate(middle) + bias < wanted + CLOSE / 2 * (1 - wanted)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        // Away from what is known already, so that each try halves something.
        return Math.clamp((low + high) / 2, fails + FINEST / 2, Math.max(fails + FINEST / 2, keeps - FINEST / 2));
    }
}
