package dev.halftone.adapters.imaging.awt;

/// Quantisation tables of the Independent JPEG Group: those of T.81 Annex K.1 scaled by a quality of 1 to 100 as its
/// library does, never finer than the source's own.
final class IjgTables {
    static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
                99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99,
        99, 99, 99, 99, 99, 99
    };

    /// Natural index of each zig-zag index (T.81 figure A.6).
    private static final int[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private IjgTables() {}

    /// @param base one of the two tables, in natural order
    /// @param source the source's steps in zig-zag order, or nothing
    /// @return 64 steps of 1 to 255 in natural order
    static int[] scaled(int[] base, int quality, int[] source) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] steps = new int[64];
        for (int i = 0; i < 64; i++) {
            steps[i] = Math.clamp((base[i] * percent + 50) / 100, 1, 255);
        }
        for (int k = 0; k < source.length; k++) {
            int i = NATURAL[k];
            steps[i] = Math.min(255, Math.max(steps[i], source[k]));
        }
        return steps;
    }
}
