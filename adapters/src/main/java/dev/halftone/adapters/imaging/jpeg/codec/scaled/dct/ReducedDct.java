package dev.halftone.adapters.imaging.jpeg.codec.scaled.dct;

import static dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.SampleRange.LIMIT;
import static dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.SampleRange.MASK;

import java.util.Arrays;

/// Inverse DCTs that give 4x4, 2x2 samples or one for a block of 64 coefficients: each is the average of the
/// samples of the full transform that it stands for, computed directly. `jidctred.c` of the IJG's library,
/// bit for bit. Coefficients that such an average does not depend on (index 4, or 2, 4 and 6) are not looked
/// at.
public final class ReducedDct {
    private static final int FIX_0_211164243 = 1730;
    private static final int FIX_0_509795579 = 4176;
    private static final int FIX_0_601344887 = 4926;
    private static final int FIX_0_720959822 = 5906;
    private static final int FIX_0_765366865 = 6270;
    private static final int FIX_0_850430095 = 6967;
    private static final int FIX_0_899976223 = 7373;
    private static final int FIX_1_061594337 = 8697;
    private static final int FIX_1_272758580 = 10426;
    private static final int FIX_1_451774981 = 11893;
    private static final int FIX_1_847759065 = 15137;
    private static final int FIX_2_172734803 = 17799;
    private static final int FIX_2_562915447 = 20995;
    private static final int FIX_3_624509785 = 29692;

    private static final int CONST_BITS = 13;
    private static final int PASS_BITS = 2;
    private static final int FIRST_4 = CONST_BITS - PASS_BITS + 1;
    private static final int SECOND_4 = CONST_BITS + PASS_BITS + 3 + 1;
    private static final int FIRST_2 = CONST_BITS - PASS_BITS + 2;
    private static final int SECOND_2 = CONST_BITS + PASS_BITS + 3 + 2;

    /// What each odd coefficient of a row adds to the left of two samples, and takes from the right one.
    private static final int[] WEIGHTS = {
        0, FIX_3_624509785, 0, -FIX_1_272758580, 0, FIX_0_850430095, 0, -FIX_0_720959822
    };

    private ReducedDct() {}

    /// Transforms a block into 4x4 samples and clears it; parameters as in [InverseDct#transform].
    public static void to4x4(int[] block, int last, byte[] out, int at, int stride) {
        if (last == 0) {
            byte sample = one(block[0]);
            for (int y = 0, row = at; y < 4; y++, row += stride) {
                out[row] = sample;
                out[row + 1] = sample;
                out[row + 2] = sample;
                out[row + 3] = sample;
            }
            block[0] = 0;
            return;
        }
        columns4(block);
        rows4(block, out, at, stride);
        Arrays.fill(block, 0);
    }

    private static void columns4(int[] block) {
        for (int c = 0; c < 8; c++) {
            int in1 = block[c + 8];
            int in2 = block[c + 16];
            int in3 = block[c + 24];
            int in5 = block[c + 40];
            int in6 = block[c + 48];
            int in7 = block[c + 56];
            if ((in1 | in2 | in3 | in5 | in6 | in7) == 0) {
                int dc = block[c] << PASS_BITS;
                block[c] = dc;
                block[c + 8] = dc;
                block[c + 16] = dc;
                block[c + 24] = dc;
                continue;
            }
            int in0 = (block[c] << CONST_BITS + 1) + (1 << FIRST_4 - 1);
            int even = in2 * FIX_1_847759065 - in6 * FIX_0_765366865;
            int odd0 = odd0(in1, in3, in5, in7);
            int odd2 = odd2(in1, in3, in5, in7);
            block[c] = in0 + even + odd2 >> FIRST_4;
            block[c + 24] = in0 + even - odd2 >> FIRST_4;
            block[c + 8] = in0 - even + odd0 >> FIRST_4;
            block[c + 16] = in0 - even - odd0 >> FIRST_4;
        }
    }

    private static void rows4(int[] block, byte[] out, int at, int stride) {
        for (int r = 0, to = at; r < 32; r += 8, to += stride) {
            int in0 = (block[r] << CONST_BITS + 1) + (1 << SECOND_4 - 1);
            int in1 = block[r + 1];
            int in3 = block[r + 3];
            int in5 = block[r + 5];
            int in7 = block[r + 7];
            int even = block[r + 2] * FIX_1_847759065 - block[r + 6] * FIX_0_765366865;
            int odd0 = odd0(in1, in3, in5, in7);
            int odd2 = odd2(in1, in3, in5, in7);
            out[to] = LIMIT[in0 + even + odd2 >> SECOND_4 & MASK];
            out[to + 3] = LIMIT[in0 + even - odd2 >> SECOND_4 & MASK];
            out[to + 1] = LIMIT[in0 - even + odd0 >> SECOND_4 & MASK];
            out[to + 2] = LIMIT[in0 - even - odd0 >> SECOND_4 & MASK];
        }
    }

    private static int odd0(int in1, int in3, int in5, int in7) {
        return in1 * FIX_1_061594337 - in3 * FIX_2_172734803 + in5 * FIX_1_451774981 - in7 * FIX_0_211164243;
    }

    private static int odd2(int in1, int in3, int in5, int in7) {
        return in1 * FIX_2_562915447 + in3 * FIX_0_899976223 - in5 * FIX_0_601344887 - in7 * FIX_0_509795579;
    }

    /// Transforms a block into 2x2 samples and clears it; parameters as in [InverseDct#transform].
    public static void to2x2(int[] block, int last, byte[] out, int at, int stride) {
        if (last == 0) {
            byte sample = one(block[0]);
            out[at] = sample;
            out[at + 1] = sample;
            out[at + stride] = sample;
            out[at + stride + 1] = sample;
            block[0] = 0;
            return;
        }
        int upper = 0;
        int lower = 0;
        for (int c = 1; c < 8; c += 2) {
            int weight = WEIGHTS[c];
            int base = (block[c] << CONST_BITS + 2) + (1 << FIRST_2 - 1);
            int odd = odd(block[c + 8], block[c + 24], block[c + 40], block[c + 56]);
            upper += (base + odd >> FIRST_2) * weight;
            lower += (base - odd >> FIRST_2) * weight;
        }
        int base = (block[0] << CONST_BITS + 2) + (1 << FIRST_2 - 1);
        int odd = odd(block[8], block[24], block[40], block[56]);
        int top = ((base + odd >> FIRST_2) << CONST_BITS + 2) + (1 << SECOND_2 - 1);
        int bottom = ((base - odd >> FIRST_2) << CONST_BITS + 2) + (1 << SECOND_2 - 1);
        out[at] = LIMIT[top + upper >> SECOND_2 & MASK];
        out[at + 1] = LIMIT[top - upper >> SECOND_2 & MASK];
        out[at + stride] = LIMIT[bottom + lower >> SECOND_2 & MASK];
        out[at + stride + 1] = LIMIT[bottom - lower >> SECOND_2 & MASK];
        Arrays.fill(block, 0);
    }

    private static int odd(int in1, int in3, int in5, int in7) {
        return in1 * FIX_3_624509785 - in3 * FIX_1_272758580 + in5 * FIX_0_850430095 - in7 * FIX_0_720959822;
    }

    /// The one sample of a block whose dequantised DC coefficient this is.
    public static byte one(int dc) {
        return LIMIT[dc + 4 >> 3 & MASK];
    }
}
