package dev.halftone.adapters.imaging.jpeg.codec.requantise;

/// How AC coefficients are rounded.
///
/// Dropping a value that lies `a` target steps from zero saves the bits of its code and costs `a^2 - (1 - a)^2` in
/// squared error, so it pays where `a < 1/2 + lambda * bits / 2`: a threshold that grows with the run before the
/// value, as the code's length does. It is a trellis of one step, without looking ahead.
///
/// @param offset what is added before the fraction is cut off, 0 to 0.5
/// @param lambda what a bit is worth, in squared target steps; 0 for none
public record Rounding(double offset, double lambda) {
    /// To the nearest.
    public static final Rounding PLAIN = new Rounding(0.5, 0);

    /// Measured over qualities of 30 to 80 as the best at the price of a plain one.
    public static final Rounding ECONOMICAL = new Rounding(0.42, 0.06);

    /// Bits of the code of a value of size 1 after a run of 0 to 15 (T.81 table K.5), sign included.
    private static final int[] BITS = {3, 5, 6, 7, 7, 8, 8, 9, 10, 10, 10, 11, 11, 12, 17, 17};

    private static final int BITS_OF_SIXTEEN_ZEROS = 11;

    public Rounding {
        if (!(offset >= 0 && offset <= 0.5) || !(lambda >= 0 && lambda <= 0.5)) {
            throw new IllegalArgumentException("offset and lambda are 0 to 0.5");
        }
    }

    /// The rounding between this one (0) and another (1).
    public Rounding towards(Rounding other, double share) {
        return new Rounding(offset + (other.offset - offset) * share, lambda + (other.lambda - lambda) * share);
    }

    /// Fixed-point numbers by the length of the run, 0 to 63, relative to no run.
    int[] penalties(int shift) {
        int[] penalties = new int[64];
        for (int run = 0; run < 64; run++) {
            int bits = BITS[run & 15] + (run >> 4) * BITS_OF_SIXTEEN_ZEROS - BITS[0];
            penalties[run] = (int) Math.round(lambda * bits / 2 * (1 << shift));
        }
        return penalties;
    }
}
