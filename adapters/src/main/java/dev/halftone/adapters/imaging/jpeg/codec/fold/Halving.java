package dev.halftone.adapters.imaging.jpeg.codec.fold;

/// Two blocks side by side become one: their samples are averaged in pairs and transformed again, all of
/// which can be done on coefficients.
///
/// Four averages have four frequencies, so that coefficient `8 - n` of a block says of them what coefficient
/// `n` says, and 4 says nothing: each block comes down to four parts. Turned around, a block keeps its even
/// parts and changes the sign of its odd ones, and so does the block of both. If the parts of the second
/// block are those of its mirror image, then the sum of its part `m` and the first one's is coefficient `2m`,
/// and the odd coefficients are made of the four differences.
final class Halving {
    /// By index of an odd coefficient, halved, and part.
    private static final float[][] ODD = odd();

    /// Pairs that [#joinAll] takes at once.
    static final int PAIRS = 8 * 64;

    private static final float ODD_00 = ODD[0][0];
    private static final float ODD_01 = ODD[0][1];
    private static final float ODD_02 = ODD[0][2];
    private static final float ODD_03 = ODD[0][3];
    private static final float ODD_10 = ODD[1][0];
    private static final float ODD_11 = ODD[1][1];
    private static final float ODD_12 = ODD[1][2];
    private static final float ODD_13 = ODD[1][3];
    private static final float ODD_20 = ODD[2][0];
    private static final float ODD_21 = ODD[2][1];
    private static final float ODD_22 = ODD[2][2];
    private static final float ODD_23 = ODD[2][3];
    private static final float ODD_30 = ODD[3][0];
    private static final float ODD_31 = ODD[3][1];
    private static final float ODD_32 = ODD[3][2];
    private static final float ODD_33 = ODD[3][3];

    private Halving() {}

    /// The part that a coefficient belongs to.
    static int part(int frequency) {
        return frequency <= 4 ? frequency & 3 : 8 - frequency;
    }

    /// What a coefficient of 1 adds to its part.
    static double weight(int frequency) {
        if (frequency == 0) {
            return 0.5;
        }
        double weight = Math.cos(frequency * Math.PI / 16) / 2;
        return frequency < 4 ? weight : frequency == 4 ? 0 : -weight;
    }

    /// Makes the eight coefficients of one pair's parts, in place.
    ///
    /// @param at place of the first block's parts; those of the mirrored second one follow
    /// @param stride from one part or coefficient to the next
    static void join(float[] values, int at, int stride) {
        float odd0 = values[at] - values[at + 4 * stride];
        float odd1 = values[at + stride] - values[at + 5 * stride];
        float odd2 = values[at + 2 * stride] - values[at + 6 * stride];
        float odd3 = values[at + 3 * stride] - values[at + 7 * stride];
        float even1 = values[at + stride] + values[at + 5 * stride];
        values[at] += values[at + 4 * stride];
        values[at + 4 * stride] = values[at + 2 * stride] + values[at + 6 * stride];
        values[at + 6 * stride] = values[at + 3 * stride] + values[at + 7 * stride];
        values[at + 2 * stride] = even1;
        values[at + stride] = odd0 * ODD_00 + odd1 * ODD_01 + odd2 * ODD_02 + odd3 * ODD_03;
        values[at + 3 * stride] = odd0 * ODD_10 + odd1 * ODD_11 + odd2 * ODD_12 + odd3 * ODD_13;
        values[at + 5 * stride] = odd0 * ODD_20 + odd1 * ODD_21 + odd2 * ODD_22 + odd3 * ODD_23;
        values[at + 7 * stride] = odd0 * ODD_30 + odd1 * ODD_31 + odd2 * ODD_32 + odd3 * ODD_33;
    }

    /// Likewise for [#PAIRS] pairs at once: part `j` of all of them lies together from `j * PAIRS` on. The
    /// even coefficients come first, then the odd ones. The compiler makes vector instructions of two short
    /// loops, but of no long one, nor where results go to the array that is read.
    ///
    /// @param differences as long as `values`, for use in between
    static void joinAll(float[] values, float[] differences) {
        for (int i = 0; i < 4 * PAIRS; i++) {
            float first = values[i];
            float second = values[i + 4 * PAIRS];
            values[i] = first + second;
            differences[i + 4 * PAIRS] = first - second;
        }
        for (int i = 0; i < PAIRS; i++) {
            float odd0 = differences[i + 4 * PAIRS];
            float odd1 = differences[i + 5 * PAIRS];
            float odd2 = differences[i + 6 * PAIRS];
            float odd3 = differences[i + 7 * PAIRS];
            values[i + 4 * PAIRS] = odd0 * ODD_00 + odd1 * ODD_01 + odd2 * ODD_02 + odd3 * ODD_03;
            values[i + 5 * PAIRS] = odd0 * ODD_10 + odd1 * ODD_11 + odd2 * ODD_12 + odd3 * ODD_13;
            values[i + 6 * PAIRS] = odd0 * ODD_20 + odd1 * ODD_21 + odd2 * ODD_22 + odd3 * ODD_23;
            values[i + 7 * PAIRS] = odd0 * ODD_30 + odd1 * ODD_31 + odd2 * ODD_32 + odd3 * ODD_33;
        }
    }

    private static float[][] odd() {
        float[][] weights = new float[4][4];
        for (int k = 0; k < 4; k++) {
            for (int part = 0; part < 4; part++) {
                double sum = 0;
                for (int j = 0; j < 4; j++) {
                    sum += Math.cos((2 * j + 1) * part * Math.PI / 8)
                            * Math.cos((2 * j + 1) * (2 * k + 1) * Math.PI / 16);
                }
                weights[k][part] = (float) (part == 0 ? sum / 2 / Math.sqrt(2) : sum / 2);
            }
        }
        return weights;
    }
}
