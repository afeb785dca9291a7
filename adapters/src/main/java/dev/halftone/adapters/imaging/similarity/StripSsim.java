package dev.halftone.adapters.imaging.similarity;

import java.util.Arrays;

/// [Ssim] of 8-bit planes in strips, so that no more than a strip is held as floating-point numbers; of large pictures
/// every so many strips.
public final class StripSsim {
    /// Rows of windows in a strip.
    private static final int ROWS = 64;

    /// Windows up to which every strip is looked at.
    private static final long ENOUGH = 4_000_000;

    private StripSsim() {}

    /// @param first luma by rows, 0 to 255
    /// @param second of the same size
    /// @return at most 1, which only equal planes have
    public static double of(int width, int height, byte[] first, byte[] second) {
        Sizes.checkArray(width, height, first.length);
        Sizes.checkArray(width, height, second.length);
        int rows = Math.max(1, height - Ssim.WINDOW + 1);
        int step = ROWS * (int) Math.max(1, (long) width * rows / ENOUGH);
        double sum = 0;
        long counted = 0;
        for (int top = 0; top < rows; top += step) {
            int windows = Math.min(ROWS, rows - top);
            int bottom = Math.min(height, top + windows + Ssim.WINDOW - 1);
            sum += windows * Ssim.of(strip(first, width, top, bottom), strip(second, width, top, bottom));
            counted += windows;
        }
        return sum / counted;
    }

    private static Luma strip(byte[] plane, int width, int top, int bottom) {
        return Luma.of(width, bottom - top, Arrays.copyOfRange(plane, top * width, bottom * width));
    }
}
