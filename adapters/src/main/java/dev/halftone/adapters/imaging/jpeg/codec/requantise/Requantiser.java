package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;

/// Maps quantised coefficients of one component from a source table to a coarser target table, without leaving the
/// integers.
///
/// For a step `q` and a target step `t` the value `v` becomes `sign(v) * floor(|v| * q / t + r - p)`. The rounding
/// offset `r` is below one half for AC coefficients: the values of a decoded JPEG lie on a lattice, at simple ratios
/// of the steps many of them lie exactly between two targets, and rounding those up buys bits for nothing. The
/// penalty `p` grows with the run of zeros before the coefficient, as its code does: where a value costs more bits,
/// it has to be worth more ([Rounding]). A coefficient whose target step is finer than the source's, or not much
/// coarser, keeps the source's step. Immutable.
public final class Requantiser {
    /// A target step up to this many times the source's is not worth the loss of rounding again.
    static final double KEEP_RATIO = 1.3;

    /// Bits after the point of factors, offsets and penalties.
    static final int SHIFT = 16;

    /// A damaged run reaches past index 63 before it is noticed.
    private static final int MAPS = 320;

    private final long[] maps = new long[MAPS];
    private final int[] penalties;
    private final QuantTable result;
    private final boolean luma;

    private Requantiser(QuantTable source, QuantTable target, Rounding rounding, double keepRatio, boolean luma) {
        this.luma = luma;
        this.penalties = rounding.penalties(SHIFT);
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            int from = source.step(k);
            int to = target.step(k);
            boolean keep = to <= from * keepRatio;
            steps[k] = keep ? from : to;
            long factor = keep ? 1 << SHIFT : Math.round((double) (1 << SHIFT) * from / to);
            long offset = keep ? 1 << SHIFT - 1 : (long) ((1 << SHIFT) * (k == 0 ? 0.5 : rounding.offset()));
            maps[k + 1] = factor << 32 | offset;
        }
        result = QuantTable.of(steps);
    }

    /// @param luma whether the component is coded with the luminance's Huffman tables
    public static Requantiser to(QuantTable source, QuantTable target, Rounding rounding, boolean luma) {
        return new Requantiser(source, target, rounding, KEEP_RATIO, luma);
    }

    /// Changes nothing.
    public static Requantiser identity(QuantTable source, boolean luma) {
        return new Requantiser(source, source, Rounding.PLAIN, 1, luma);
    }

    /// The table that the mapped coefficients belong to.
    public QuantTable result() {
        return result;
    }

    /// The number of the DC table in [Tokens]; that of the AC table follows it.
    int tokenTable() {
        return luma ? Tokens.DC_LUMA : Tokens.DC_CHROMA;
    }

    /// Which pair of Huffman tables the component is coded with, see [Tokens#huffman].
    public int huffman() {
        return luma ? 0 : 1;
    }

    /// By index plus one: the factor in the upper 32 bits and the offset in the lower.
    long[] maps() {
        return maps;
    }

    /// By the number of zeros before a coefficient, 0 to 63.
    int[] penalties() {
        return penalties;
    }

    /// The largest magnitude that becomes 0 at every index from `k` on, whatever the run before it.
    int vanishingFrom(int k) {
        int limit = Integer.MAX_VALUE;
        for (int i = k; i < 64; i++) {
            limit = Math.min(limit, ((1 << SHIFT) - 1 - (int) maps[i + 1]) / (int) (maps[i + 1] >>> 32));
        }
        return limit;
    }

    /// The first AC index from which values of magnitude 1 become 0 at every index, 64 when there is none.
    int firstVanishing() {
        for (int k = 63; k >= 1; k--) {
            if ((int) (maps[k + 1] >>> 32) + (int) maps[k + 1] >= 1 << SHIFT) {
                return k + 1;
            }
        }
        return 1;
    }

    /// Bit `k` is set where a value of magnitude 1 is half a target step or more, and so may survive.
    public long worth() {
        long worth = 0;
        for (int k = 1; k < 64; k++) {
            worth |= (maps[k + 1] >>> 32 >= 1 << SHIFT - 1 ? 1L : 0L) << k;
        }
        return worth;
    }

    /// The value that a DC coefficient becomes.
    public int dc(int value) {
        int magnitude = Math.abs(value) * (int) (maps[1] >>> 32) + (int) maps[1] >> SHIFT;
        return value < 0 ? -magnitude : magnitude;
    }

    /// @param k index, 1 to 63
    /// @param run zeros before it
    public int ac(int k, int value, int run) {
        long map = maps[k + 1];
        int exact = Math.abs(value) * (int) (map >>> 32) + (int) map - penalties[run];
        int magnitude = Math.max(0, exact) >> SHIFT;
        return value < 0 ? -magnitude : magnitude;
    }
}
