package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;

/// Mean structural similarity of two pictures' luma (Wang, Bovik, Sheikh and Simoncelli 2004): Gaussian windows
/// of 11 by 11 with a deviation of 1.5, those that lie wholly inside; of very large pictures the windows of
/// every so many rows. Pictures with alpha are compared over white and over black, and the worse counts: a
/// white logo on nothing is not seen over white.
final class LumaSimilarity {
    private static final int SIDE = 11;
    private static final float[] WEIGHTS = weights();
    private static final float C1 = 0.01f * 255 * (0.01f * 255);
    private static final float C2 = 0.03f * 255 * (0.03f * 255);

    /// Windows up to which every row is looked at.
    private static final int ENOUGH = 4_000_000;

    private LumaSimilarity() {}

    /// @return at most 1, which only equal pictures have; both are of one size
    static double between(Picture a, Picture b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("pictures of different sizes are not compared");
        }
        double overWhite = mean(luma(a, 255), luma(b, 255), a.width(), a.height());
        if (isOpaque(a) && isOpaque(b)) {
            return overWhite;
        }
        return Math.min(overWhite, mean(luma(a, 0), luma(b, 0), a.width(), a.height()));
    }

    private static boolean isOpaque(Picture picture) {
        return !(picture instanceof Picture.Colour colour) || colour.opaque();
    }

    private static float[] weights() {
        float[] weights = new float[SIDE];
        float sum = 0;
        for (int i = 0; i < SIDE; i++) {
            int from = i - SIDE / 2;
            weights[i] = (float) Math.exp(-from * from / (2 * 1.5 * 1.5));
            sum += weights[i];
        }
        for (int i = 0; i < SIDE; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static byte[] luma(Picture picture, int background) {
        return switch (picture) {
            case Picture.Grey grey -> grey.samples();
            case Picture.Colour colour -> {
                byte[] luma = new byte[colour.argb().length];
                for (int i = 0; i < luma.length; i++) {
                    int pixel = colour.argb()[i];
                    int alpha = pixel >>> 24;
                    int full = 19595 * (pixel >> 16 & 255) + 38470 * (pixel >> 8 & 255) + 7471 * (pixel & 255);
                    int seen = full + 32768 >> 16;
                    luma[i] = (byte) (alpha == 255 ? seen : (seen * alpha + background * (255 - alpha) + 127) / 255);
                }
                yield luma;
            }
        };
    }

    private static double mean(byte[] a, byte[] b, int width, int height) {
        int across = Math.min(SIDE, width);
        int down = Math.min(SIDE, height);
        int columns = width - across + 1;
        int rows = height - down + 1;
        int step = (int) Math.max(1, (long) columns * rows / ENOUGH);
        float[][] moments = new float[5][width];
        double sum = 0;
        long windows = 0;
        for (int y = 0; y < rows; y += step) {
            gather(a, b, width, y, down, moments);
            sum += ofRow(moments, across, columns);
            windows += columns;
        }
        return sum / windows;
    }

    /// The weighted sums down each column: both samples, their squares, their product.
    private static void gather(byte[] a, byte[] b, int width, int top, int down, float[][] moments) {
        for (float[] moment : moments) {
            Arrays.fill(moment, 0);
        }
        float scale = scale(down);
        for (int i = 0; i < down; i++) {
            float weight = WEIGHTS[i + (SIDE - down) / 2] * scale;
            int at = (top + i) * width;
            for (int x = 0; x < width; x++) {
                float p = a[at + x] & 255;
                float q = b[at + x] & 255;
                moments[0][x] += weight * p;
                moments[1][x] += weight * q;
                moments[2][x] += weight * p * p;
                moments[3][x] += weight * q * q;
                moments[4][x] += weight * p * q;
            }
        }
    }

    private static double ofRow(float[][] moments, int across, int columns) {
        float scale = scale(across);
        double sum = 0;
        for (int x = 0; x < columns; x++) {
            float p = 0;
            float q = 0;
            float pp = 0;
            float qq = 0;
            float pq = 0;
            for (int i = 0; i < across; i++) {
                float weight = WEIGHTS[i + (SIDE - across) / 2] * scale;
                p += weight * moments[0][x + i];
                q += weight * moments[1][x + i];
                pp += weight * moments[2][x + i];
                qq += weight * moments[3][x + i];
                pq += weight * moments[4][x + i];
            }
            float varied = pp - p * p + qq - q * q;
            sum += (2 * p * q + C1) * (2 * (pq - p * q) + C2) / ((p * p + q * q + C1) * (varied + C2));
        }
        return sum;
    }

    /// Pictures narrower than a window get a window of their own width.
    private static float scale(int side) {
        float sum = 0;
        for (int i = 0; i < side; i++) {
            sum += WEIGHTS[i + (SIDE - side) / 2];
        }
        return 1 / sum;
    }
}
