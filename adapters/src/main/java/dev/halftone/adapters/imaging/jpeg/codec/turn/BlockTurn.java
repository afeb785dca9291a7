package dev.halftone.adapters.imaging.jpeg.codec.turn;

import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;

/// What a turn does to the 63 AC coefficients of a block. Transposing a block's samples transposes its
/// coefficients; mirroring them from left to right turns the sign of every odd horizontal frequency, because
/// those cosines are odd about the block's middle; from top to bottom likewise the vertical ones (the DCT of
/// T.81 A.3.3). Immutable.
final class BlockTurn {
    private static final int[] ZIG_ZAG = new int[64];

    static {
        for (int k = 0; k < 64; k++) {
            ZIG_ZAG[ZigZag.NATURAL[k]] = k;
        }
    }

    private final int[] source = new int[64];
    private final int[] negative = new int[64];

    BlockTurn(Turn turn) {
        for (int k = 0; k < 64; k++) {
            source[k] = turn.transposes() ? transposed(k) : k;
            boolean oddAcross = (ZigZag.NATURAL[k] & 1) != 0;
            boolean oddDown = (ZigZag.NATURAL[k] >> 3 & 1) != 0;
            negative[k] = (turn.mirrorsAcross() && oddAcross) ^ (turn.mirrorsDown() && oddDown) ? -1 : 0;
        }
    }

    /// The zig-zag index of the same coefficient once rows and columns have changed places.
    static int transposed(int k) {
        int natural = ZigZag.NATURAL[k];
        return ZIG_ZAG[(natural & 7) << 3 | natural >> 3];
    }

    void apply(short[] from, int at, short[] into, int to) {
        for (int k = 1; k < 64; k++) {
            into[to + k] = (short) ((from[at + source[k]] ^ negative[k]) - negative[k]);
        }
    }
}
