package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.requantise.BitWorth;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import org.jspecify.annotations.Nullable;

/// Finds the best quality whose file has at most so many bytes.
///
/// Sizes are first estimated from a sample of the picture, scaled by what whole files turned out to be; then
/// files are made until one is within a hundredth under the target. Where tables one step apart lie further
/// apart than that, the rounding of coefficients closes the gap, and where all values of one size fall at once,
/// since the steps of source and target have the same ratio everywhere, the trellis does: it weighs each value
/// among its neighbours.
final class SizeSearch {
    private static final double CLOSE = 0.99;
    private static final double AIM = 0.996;
    private static final int FILES = 6;
    private static final int ROUNDINGS = 5;
    private static final int WORTHS = 4;
    private static final int SHARES = 6;
    private static final double DEAREST = 0.5;
    private static final double FINEST = 0.01;
    private static final Rounding GENEROUS = Rounding.PLAIN;
    private static final Rounding MEAN = new Rounding(0.34, 0.08);

    private final Trial trial;
    private final long most;
    private double scale = 1;
    private @Nullable Transcoded best;
    private double fits = 1;
    private double exceeds = 100;

    /// A way to make files and to foresee their size.
    interface Trial {
        double estimate(double quality);

        byte[] file(double quality, Rounding rounding);

        /// Whether rounding makes a difference: a trellis does not ask for it.
        boolean rounds();

        /// Chosen by a trellis.
        byte[] file(double quality, BitWorth worth);
    }

    private SizeSearch(Trial trial, long most) {
        this.trial = trial;
        this.most = most;
    }

    /// @param most bytes that the file may have; more than one at quality 1 would, or the result says not
    /// reached
    static Transcoded search(Trial trial, long most) {
        return new SizeSearch(trial, most).search();
    }

    private Transcoded search() {
        for (int files = 0; files < FILES && !isClose() && exceeds - fits > FINEST; files++) {
            double quality = foreseen();
            byte[] file = trial.file(quality, Rounding.ECONOMICAL);
            scale *= file.length / (trial.estimate(quality) * scale);
            judge(file, quality);
        }
        if (best == null) {
            byte[] smallest = trial.file(1, MEAN);
            judge(smallest, 1);
            if (best == null) {
                return new Transcoded(smallest, false, 1);
            }
        }
        if (trial.rounds()) {
            closeTheGap(fits, Rounding.ECONOMICAL, GENEROUS, 1);
            closeTheGap(exceeds, MEAN, Rounding.ECONOMICAL, 0.5);
        }
        closeByTrellis(exceeds);
        return best;
    }

    /// The quality at which the scaled estimate meets the target, kept within what is known.
    private double foreseen() {
        double low = fits;
        double high = exceeds;
        for (int i = 0; i < 12 && high - low > FINEST / 2; i++) {
            double middle = (low + high) / 2;
            if (trial.estimate(middle) * scale <= most * AIM) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private void judge(byte[] file, double quality) {
        if (file.length <= most) {
            fits = Math.max(fits, quality);
            if (best == null || file.length > best.file().length) {
                best = new Transcoded(file, true, quality);
            }
        } else {
            exceeds = Math.min(exceeds, quality);
        }
    }

    private boolean isClose() {
        return best != null && best.file().length >= most * CLOSE;
    }

    /// Bisects what a bit is worth, then in how many blocks.
    private void closeByTrellis(double quality) {
        double exceeding = 0;
        double fitting = DEAREST;
        for (int i = 0; i < WORTHS && !isClose(); i++) {
            double lambda = (exceeding + fitting) / 2;
            if (fits(quality, BitWorth.everywhere(lambda))) {
                fitting = lambda;
            } else {
                exceeding = lambda;
            }
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < SHARES && !isClose(); i++) {
            double middle = (low + high) / 2;
            if (fits(quality, new BitWorth(fitting, exceeding, middle))) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    private boolean fits(double quality, BitWorth worth) {
        byte[] file = trial.file(quality, worth);
        if (file.length <= most && (best == null || file.length > best.file().length)) {
            best = new Transcoded(file, true, quality);
        }
        return file.length <= most;
    }

    /// Bisects between two roundings at one quality.
    ///
    /// @param first share of the larger one that is tried first
    private void closeTheGap(double quality, Rounding smaller, Rounding larger, double first) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < ROUNDINGS && !isClose() && low < high; i++) {
            double middle = i == 0 ? first : (low + high) / 2;
            byte[] file = trial.file(quality, smaller.towards(larger, middle));
            if (file.length <= most) {
                low = middle;
            } else {
                high = middle;
            }
            if (file.length <= most && (best == null || file.length > best.file().length)) {
                best = new Transcoded(file, true, quality);
            }
        }
    }
}
