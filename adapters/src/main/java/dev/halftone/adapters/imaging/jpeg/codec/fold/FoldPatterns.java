package dev.halftone.adapters.imaging.jpeg.codec.fold;

import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;

/// What one coefficient of a source block adds to the block that it is folded into, for each place that the source
/// block can have in it.
final class FoldPatterns {
    /// `HALF[side][k][n]`: weight of coefficient `n` of the first or second of two blocks in coefficient `k` of the
    /// block that holds their samples averaged in pairs.
    private static final double[][][] HALF = {half(0), half(1)};

    private static final float[][] QUARTERS = patterns(2, 2);
    private static final float[][] ACROSS = patterns(2, 1);
    private static final float[][] DOWN = patterns(1, 2);

    private FoldPatterns() {}

    /// By place in the folded block, row by row: 64 weights in zig-zag order for each zig-zag index.
    ///
    /// @param across blocks folded into one in a row, 1 or 2
    /// @param down likewise in a column; not both 1
    static float[][] of(int across, int down) {
        if (across == 2) {
            return down == 2 ? QUARTERS : ACROSS;
        }
        return DOWN;
    }

    static boolean isOddAcross(int k) {
        return (ZigZag.NATURAL[k] & 1) != 0;
    }

    static boolean isOddDown(int k) {
        return (ZigZag.NATURAL[k] >> 3 & 1) != 0;
    }

    private static float[][] patterns(int across, int down) {
        float[][] patterns = new float[across * down][64 * 64];
        for (int place = 0; place < patterns.length; place++) {
            for (int from = 0; from < 64; from++) {
                for (int to = 0; to < 64; to++) {
                    int natural = ZigZag.NATURAL[from];
                    int result = ZigZag.NATURAL[to];
                    patterns[place][from * 64 + to] = (float) (weight(across, place % across, result & 7, natural & 7)
                            * weight(down, place / across, result >> 3, natural >> 3));
                }
            }
        }
        return patterns;
    }

    private static double weight(int blocks, int side, int to, int from) {
        if (blocks == 2) {
            return HALF[side][to][from];
        }
        return to == from ? 1 : 0;
    }

    private static double[][] half(int side) {
        double[][] weights = new double[8][8];
        for (int k = 0; k < 8; k++) {
            for (int n = 0; n < 8; n++) {
                for (int i = 0; i < 4; i++) {
                    double average = (basis(n, 2 * i) + basis(n, 2 * i + 1)) / 2;
                    weights[k][n] += basis(k, 4 * side + i) * average;
                }
            }
        }
        return weights;
    }

    /// The orthonormal DCT-II of eight samples (T.81 A.3.3).
    private static double basis(int frequency, int sample) {
        double scale = frequency == 0 ? Math.sqrt(1.0 / 8) : 0.5;
        return scale * Math.cos((2 * sample + 1) * frequency * Math.PI / 16);
    }
}
