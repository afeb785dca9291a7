package dev.halftone.adapters.imaging.jpeg.codec.scaled.dct;

import static dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.SampleRange.LIMIT;
import static dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.SampleRange.MASK;

import java.util.Arrays;

/// The inverse DCT of T.81 A.3.3 after Loeffler, Ligtenberg and Moschytz (ICASSP 1989) in integers, 12
/// multiplications for each eight points: `jpeg_idct_islow` of the IJG's library, bit for bit. The columns come
/// first, then the rows; constants have 13 fractional bits, what lies between the passes has 2.
public final class InverseDct {
    private static final int FIX_0_298631336 = 2446;
    private static final int FIX_0_390180644 = 3196;
    private static final int FIX_0_541196100 = 4433;
    private static final int FIX_0_765366865 = 6270;
    private static final int FIX_0_899976223 = 7373;
    private static final int FIX_1_175875602 = 9633;
    private static final int FIX_1_501321110 = 12299;
    private static final int FIX_1_847759065 = 15137;
    private static final int FIX_1_961570560 = 16069;
    private static final int FIX_2_053119869 = 16819;
    private static final int FIX_2_562915447 = 20995;
    private static final int FIX_3_072711026 = 25172;

    private static final int CONST_BITS = 13;
    private static final int PASS_BITS = 2;
    private static final int FIRST = CONST_BITS - PASS_BITS;
    private static final int SECOND = CONST_BITS + PASS_BITS + 3;
    private static final int HALF_FIRST = 1 << FIRST - 1;
    private static final int HALF_SECOND = 1 << SECOND - 1;

    /// Up to this zig-zag index all coefficients lie in the first four rows and columns.
    private static final int CORNER = 9;

    private InverseDct() {}

    /// Transforms a block into 8x8 samples and clears it.
    ///
    /// @param block 64 dequantised coefficients in natural order
    /// @param last zig-zag index of the last one that may not be zero
    public static void transform(int[] block, int last, byte[] out, int at, int stride) {
        if (last == 0) {
            flat(block[0], out, at, stride);
            block[0] = 0;
        } else {
            if (last <= CORNER) {
                cornerColumns(block);
                cornerRows(block, out, at, stride);
            } else {
                columns(block);
                rows(block, out, at, stride);
            }
            Arrays.fill(block, 0);
        }
    }

    private static void flat(int dc, byte[] out, int at, int stride) {
        byte sample = LIMIT[dc + 4 >> 3 & MASK];
        for (int y = 0, row = at; y < 8; y++, row += stride) {
            Arrays.fill(out, row, row + 8, sample);
        }
    }

    private static void columns(int[] block) {
        for (int c = 0; c < 8; c++) {
            int in0 = block[c];
            int in1 = block[c + 8];
            int in2 = block[c + 16];
            int in3 = block[c + 24];
            int in4 = block[c + 32];
            int in5 = block[c + 40];
            int in6 = block[c + 48];
            int in7 = block[c + 56];
            if ((in1 | in2 | in3 | in4 | in5 | in6 | in7) == 0) {
                int dc = in0 << PASS_BITS;
                block[c] = dc;
                block[c + 8] = dc;
                block[c + 16] = dc;
                block[c + 24] = dc;
                block[c + 32] = dc;
                block[c + 40] = dc;
                block[c + 48] = dc;
                block[c + 56] = dc;
                continue;
            }
            int z1 = (in2 + in6) * FIX_0_541196100;
            int even2 = z1 - in6 * FIX_1_847759065;
            int even3 = z1 + in2 * FIX_0_765366865;
            int even0 = (in0 + in4 << CONST_BITS) + HALF_FIRST;
            int even1 = (in0 - in4 << CONST_BITS) + HALF_FIRST;
            int sum0 = even0 + even3;
            int sum3 = even0 - even3;
            int sum1 = even1 + even2;
            int sum2 = even1 - even2;

            int z5 = (in7 + in3 + in5 + in1) * FIX_1_175875602;
            int z3 = z5 - (in7 + in3) * FIX_1_961570560;
            int z4 = z5 - (in5 + in1) * FIX_0_390180644;
            z1 = -(in7 + in1) * FIX_0_899976223;
            int z2 = -(in5 + in3) * FIX_2_562915447;
            int odd0 = in7 * FIX_0_298631336 + z1 + z3;
            int odd1 = in5 * FIX_2_053119869 + z2 + z4;
            int odd2 = in3 * FIX_3_072711026 + z2 + z3;
            int odd3 = in1 * FIX_1_501321110 + z1 + z4;

            block[c] = sum0 + odd3 >> FIRST;
            block[c + 56] = sum0 - odd3 >> FIRST;
            block[c + 8] = sum1 + odd2 >> FIRST;
            block[c + 48] = sum1 - odd2 >> FIRST;
            block[c + 16] = sum2 + odd1 >> FIRST;
            block[c + 40] = sum2 - odd1 >> FIRST;
            block[c + 24] = sum3 + odd0 >> FIRST;
            block[c + 32] = sum3 - odd0 >> FIRST;
        }
    }

    private static void rows(int[] block, byte[] out, int at, int stride) {
        for (int r = 0, to = at; r < 64; r += 8, to += stride) {
            int in0 = block[r];
            int in1 = block[r + 1];
            int in2 = block[r + 2];
            int in3 = block[r + 3];
            int in4 = block[r + 4];
            int in5 = block[r + 5];
            int in6 = block[r + 6];
            int in7 = block[r + 7];

            int z1 = (in2 + in6) * FIX_0_541196100;
            int even2 = z1 - in6 * FIX_1_847759065;
            int even3 = z1 + in2 * FIX_0_765366865;
            int even0 = (in0 + in4 << CONST_BITS) + HALF_SECOND;
            int even1 = (in0 - in4 << CONST_BITS) + HALF_SECOND;
            int sum0 = even0 + even3;
            int sum3 = even0 - even3;
            int sum1 = even1 + even2;
            int sum2 = even1 - even2;

            int z5 = (in7 + in3 + in5 + in1) * FIX_1_175875602;
            int z3 = z5 - (in7 + in3) * FIX_1_961570560;
            int z4 = z5 - (in5 + in1) * FIX_0_390180644;
            z1 = -(in7 + in1) * FIX_0_899976223;
            int z2 = -(in5 + in3) * FIX_2_562915447;
            int odd0 = in7 * FIX_0_298631336 + z1 + z3;
            int odd1 = in5 * FIX_2_053119869 + z2 + z4;
            int odd2 = in3 * FIX_3_072711026 + z2 + z3;
            int odd3 = in1 * FIX_1_501321110 + z1 + z4;

            out[to] = LIMIT[sum0 + odd3 >> SECOND & MASK];
            out[to + 7] = LIMIT[sum0 - odd3 >> SECOND & MASK];
            out[to + 1] = LIMIT[sum1 + odd2 >> SECOND & MASK];
            out[to + 6] = LIMIT[sum1 - odd2 >> SECOND & MASK];
            out[to + 2] = LIMIT[sum2 + odd1 >> SECOND & MASK];
            out[to + 5] = LIMIT[sum2 - odd1 >> SECOND & MASK];
            out[to + 3] = LIMIT[sum3 + odd0 >> SECOND & MASK];
            out[to + 4] = LIMIT[sum3 - odd0 >> SECOND & MASK];
        }
    }

    /// [#columns] where rows 4 to 7 and columns 4 to 7 are zero.
    private static void cornerColumns(int[] block) {
        for (int c = 0; c < 4; c++) {
            int in0 = (block[c] << CONST_BITS) + HALF_FIRST;
            int in1 = block[c + 8];
            int in2 = block[c + 16];
            int in3 = block[c + 24];

            int even2 = in2 * FIX_0_541196100;
            int even3 = in2 * (FIX_0_541196100 + FIX_0_765366865);
            int sum0 = in0 + even3;
            int sum3 = in0 - even3;
            int sum1 = in0 + even2;
            int sum2 = in0 - even2;

            int z5 = (in3 + in1) * FIX_1_175875602;
            int z3 = z5 - in3 * FIX_1_961570560;
            int z4 = z5 - in1 * FIX_0_390180644;
            int odd0 = z3 - in1 * FIX_0_899976223;
            int odd1 = z4 - in3 * FIX_2_562915447;
            int odd2 = z3 + in3 * (FIX_3_072711026 - FIX_2_562915447);
            int odd3 = z4 + in1 * (FIX_1_501321110 - FIX_0_899976223);

            block[c] = sum0 + odd3 >> FIRST;
            block[c + 56] = sum0 - odd3 >> FIRST;
            block[c + 8] = sum1 + odd2 >> FIRST;
            block[c + 48] = sum1 - odd2 >> FIRST;
            block[c + 16] = sum2 + odd1 >> FIRST;
            block[c + 40] = sum2 - odd1 >> FIRST;
            block[c + 24] = sum3 + odd0 >> FIRST;
            block[c + 32] = sum3 - odd0 >> FIRST;
        }
    }

    /// [#rows] where columns 4 to 7 are zero.
    private static void cornerRows(int[] block, byte[] out, int at, int stride) {
        for (int r = 0, to = at; r < 64; r += 8, to += stride) {
            int in0 = (block[r] << CONST_BITS) + HALF_SECOND;
            int in1 = block[r + 1];
            int in2 = block[r + 2];
            int in3 = block[r + 3];

            int even2 = in2 * FIX_0_541196100;
            int even3 = in2 * (FIX_0_541196100 + FIX_0_765366865);
            int sum0 = in0 + even3;
            int sum3 = in0 - even3;
            int sum1 = in0 + even2;
            int sum2 = in0 - even2;

            int z5 = (in3 + in1) * FIX_1_175875602;
            int z3 = z5 - in3 * FIX_1_961570560;
            int z4 = z5 - in1 * FIX_0_390180644;
            int odd0 = z3 - in1 * FIX_0_899976223;
            int odd1 = z4 - in3 * FIX_2_562915447;
            int odd2 = z3 + in3 * (FIX_3_072711026 - FIX_2_562915447);
            int odd3 = z4 + in1 * (FIX_1_501321110 - FIX_0_899976223);

            out[to] = LIMIT[sum0 + odd3 >> SECOND & MASK];
            out[to + 7] = LIMIT[sum0 - odd3 >> SECOND & MASK];
            out[to + 1] = LIMIT[sum1 + odd2 >> SECOND & MASK];
            out[to + 6] = LIMIT[sum1 - odd2 >> SECOND & MASK];
            out[to + 2] = LIMIT[sum2 + odd1 >> SECOND & MASK];
            out[to + 5] = LIMIT[sum2 - odd1 >> SECOND & MASK];
            out[to + 3] = LIMIT[sum3 + odd0 >> SECOND & MASK];
            out[to + 4] = LIMIT[sum3 - odd0 >> SECOND & MASK];
        }
    }
}
