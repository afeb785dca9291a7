package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import java.util.Arrays;

/// What the refinement scans of one component have told so far (T.81 G.1.2.3), as bits: for each block a word
/// that holds one bit for each of its coefficients. A correction then costs no access to the coefficient
/// itself; the last scan of a coefficient puts its value together ([#settle]). Reused from picture to picture.
/// Not thread-safe.
final class Refinement {
    /// Point transforms that a scan can have, 0 to 13.
    private static final int LEVELS = 14;

    private long[] fresh = new long[0];
    private long[] negative = new long[0];
    private final long[][] bits = new long[LEVELS][];
    private final boolean[] used = new boolean[LEVELS];
    private int highest;

    void reset(FrameComponent component) {
        int blocks = component.storedBlocks();
        fresh = cleared(fresh, blocks);
        negative = cleared(negative, blocks);
        Arrays.fill(used, false);
        highest = 0;
    }

    /// By block: the coefficients that became non-zero in a refinement scan.
    long[] fresh() {
        return fresh;
    }

    /// By block: those of [#fresh] that are negative.
    long[] negative() {
        return negative;
    }

    /// By block: the coefficients whose magnitude has the bit of this level.
    ///
    /// @param level the point transform of a refinement scan, 0 to 13
    long[] bits(int level) {
        if (!used[level]) {
            bits[level] = cleared(bits[level] == null ? new long[0] : bits[level], fresh.length);
            used[level] = true;
            highest = Math.max(highest, level);
        }
        return bits[level];
    }

    /// Puts values together.
    ///
    /// @param which the coefficients, bit by bit
    /// @param lowest their bits of level 0
    void settle(int block, long which, long lowest, short[] plane) {
        long added = fresh[block];
        long minus = negative[block];
        long second = used[1] ? bits[1][block] : 0;
        long touched = added | lowest | second;
        for (int level = 2; level <= highest; level++) {
            touched |= used[level] ? bits[level][block] : 0;
        }
        for (long left = which & touched; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int at = block * 64 + k;
            int magnitude = (int) (lowest >>> k) & 1 | ((int) (second >>> k) & 1) << 1;
            for (int level = 2; level <= highest; level++) {
                magnitude |= used[level] ? ((int) (bits[level][block] >>> k) & 1) << level : 0;
            }
            int isAdded = -((int) (added >>> k) & 1);
            int first = plane[at] & ~isAdded;
            int sign = isAdded & -((int) (minus >>> k) & 1) | first >> 31;
            plane[at] = (short) (first + (magnitude ^ sign) - sign);
        }
    }

    private static long[] cleared(long[] words, int count) {
        if (words.length < count) {
            return new long[count];
        }
        Arrays.fill(words, 0, count, 0);
        return words;
    }
}
