package dev.halftone.adapters.imaging.awt;

/// The quantisation tables of the Independent JPEG Group: those of ITU T.81 annex K, scaled as
/// `jpeg_set_quality` scales them. Quality 50 is the annex's own tables. All in natural (row by row) order.
final class IjgTables {
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99
    };

    /// Natural position of the n-th step in zigzag order (T.81 figure A.6).
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private IjgTables() {}

    /// @param quality 1 to 100, in between whole numbers too
    static int[] luminance(double quality) {
        return scaled(LUMINANCE, quality);
    }

    static int[] chrominance(double quality) {
        return scaled(CHROMINANCE, quality);
    }

    private static int[] scaled(int[] base, double quality) {
        double percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
        int[] table = new int[64];
        for (int i = 0; i < 64; i++) {
            table[i] = Math.clamp((long) ((base[i] * percent + 50) / 100), 1, 255);
        }
        return table;
    }

    /// Step by step the coarser one, as far as a baseline file can hold it.
    ///
    /// @param zigzag the source's table in zigzag order, or an empty one
    static int[] coarser(int[] table, int[] zigzag) {
        int[] out = table.clone();
        for (int i = 0; i < zigzag.length; i++) {
            out[ZIGZAG[i]] = Math.clamp(zigzag[i], out[ZIGZAG[i]], 255);
        }
        return out;
    }
}
