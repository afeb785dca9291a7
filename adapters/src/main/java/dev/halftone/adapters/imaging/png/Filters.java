package dev.halftone.adapters.imaging.png;

/// The five row filters of PNG (section 9), both ways.
final class Filters {
    static final int NONE = 0;
    static final int SUB = 1;
    static final int UP = 2;
    static final int AVERAGE = 3;
    static final int PAETH = 4;

    private Filters() {}

    /// Restores a row in place.
    ///
    /// @param bpp distance to the pixel on the left, in bytes
    static void undo(int filter, byte[] row, byte[] above, int bpp) {
        int n = row.length;
        switch (filter) {
            case SUB -> {
                for (int i = bpp; i < n; i++) {
                    row[i] += row[i - bpp];
                }
            }
            case UP -> {
                for (int i = 0; i < n; i++) {
                    row[i] += above[i];
                }
            }
            case AVERAGE -> {
                for (int i = 0; i < n; i++) {
                    int left = i < bpp ? 0 : row[i - bpp] & 255;
                    row[i] += (byte) (left + (above[i] & 255) >> 1);
                }
            }
            case PAETH -> {
                for (int i = 0; i < n; i++) {
                    int left = i < bpp ? 0 : row[i - bpp] & 255;
                    int corner = i < bpp ? 0 : above[i - bpp] & 255;
                    row[i] += (byte) paeth(left, above[i] & 255, corner);
                }
            }
            default -> {
                // NONE: the row is as it is.
            }
        }
    }

    /// Filters a row into `out`, whose first byte becomes the filter's number.
    static void apply(int filter, byte[] row, byte[] above, int bpp, byte[] out) {
        int n = row.length;
        int at = 1;
        out[0] = (byte) filter;
        switch (filter) {
            case SUB -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = (byte) (row[i] - (i < bpp ? 0 : row[i - bpp]));
                }
            }
            case UP -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = (byte) (row[i] - above[i]);
                }
            }
            case AVERAGE -> {
                for (int i = 0; i < n; i++) {
                    int left = i < bpp ? 0 : row[i - bpp] & 255;
                    out[at + i] = (byte) (row[i] - (left + (above[i] & 255) >> 1));
                }
            }
            case PAETH -> {
                for (int i = 0; i < n; i++) {
                    int left = i < bpp ? 0 : row[i - bpp] & 255;
                    int corner = i < bpp ? 0 : above[i - bpp] & 255;
                    out[at + i] = (byte) (row[i] - paeth(left, above[i] & 255, corner));
                }
            }
            default -> System.arraycopy(row, 0, out, at, n);
        }
    }

    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
