package dev.halftone.adapters.imaging.similarity;

import java.util.Arrays;

/// The means of two planes and of their products under a symmetric window, row by row: what every structural
/// similarity is made of. The planes come in as rows and only as many rows are kept as the window is high, so that
/// all of it stays in the cache. Outside of the planes counts as zero.
///
/// A caller pushes rows and, from the moment that [#RADIUS] rows below it are known (pushed, or padded at the end),
/// asks for each row's moments in turn.
final class Moments {
    /// The window has this many taps on each side of its middle.
    static final int RADIUS = 5;

    private static final int SPAN = 2 * RADIUS + 1;
    private static final int PLANES = 5;

    private final int width;
    private final float[] window;
    private final float[][] padded = new float[PLANES][];
    private final float[][][] ring = new float[PLANES][SPAN][];
    private final float[][] firstRows = new float[SPAN][];
    private final float[][] secondRows = new float[SPAN][];
    private int pushed;

    final float[] meanFirst;
    final float[] meanSecond;
    final float[] meanFirstSquared;
    final float[] meanSecondSquared;
    final float[] meanProduct;

    /// @param window the taps from the middle outwards, [#RADIUS] + 1 of them
    Moments(int width, float[] window) {
        this.width = width;
        this.window = window.clone();
        for (int plane = 0; plane < PLANES; plane++) {
            padded[plane] = new float[width + 2 * RADIUS];
            for (int row = 0; row < SPAN; row++) {
                ring[plane][row] = new float[width];
            }
        }
        for (int row = 0; row < SPAN; row++) {
            firstRows[row] = new float[width];
            secondRows[row] = new float[width];
        }
        meanFirst = new float[width];
        meanSecond = new float[width];
        meanFirstSquared = new float[width];
        meanSecondSquared = new float[width];
        meanProduct = new float[width];
    }

    /// Takes the next row of both planes, from these places of these arrays on.
    void push(float[] first, float[] second, int from) {
        int slot = pushed++ % SPAN;
        System.arraycopy(first, from, firstRows[slot], 0, width);
        System.arraycopy(second, from, secondRows[slot], 0, width);
        products(firstRows[slot], secondRows[slot]);
        for (int plane = 0; plane < PLANES; plane++) {
            across(padded[plane], ring[plane][slot]);
        }
    }

    /// A row of zeros below the planes.
    void pad() {
        int slot = pushed++ % SPAN;
        for (int plane = 0; plane < PLANES; plane++) {
            Arrays.fill(ring[plane][slot], 0);
        }
    }

    /// Works out the moments of the row that was pushed [#RADIUS] rows before the last.
    void gather() {
        down(ring[0], meanFirst);
        down(ring[1], meanSecond);
        down(ring[2], meanFirstSquared);
        down(ring[3], meanSecondSquared);
        down(ring[4], meanProduct);
    }

    /// The first plane's own row, of the moments last gathered.
    float[] first() {
        return firstRows[(pushed + RADIUS) % SPAN];
    }

    float[] second() {
        return secondRows[(pushed + RADIUS) % SPAN];
    }

    private void products(float[] first, float[] second) {
        System.arraycopy(first, 0, padded[0], RADIUS, width);
        System.arraycopy(second, 0, padded[1], RADIUS, width);
        multiply(first, first, padded[2]);
        multiply(second, second, padded[3]);
        multiply(first, second, padded[4]);
    }

    private void multiply(float[] left, float[] right, float[] into) {
        for (int x = 0; x < width; x++) {
            into[x + RADIUS] = left[x] * right[x];
        }
    }

    /// Reads only at or after where it writes, which lets the compiler take several pixels at once.
    private void across(float[] from, float[] into) {
        float t0 = window[0];
        float t1 = window[1];
        float t2 = window[2];
        float t3 = window[3];
        float t4 = window[4];
        float t5 = window[5];
        for (int x = 0; x < width; x++) {
            into[x] = t0 * from[x + 5]
                    + t1 * (from[x + 4] + from[x + 6])
                    + t2 * (from[x + 3] + from[x + 7])
                    + t3 * (from[x + 2] + from[x + 8])
                    + t4 * (from[x + 1] + from[x + 9])
                    + t5 * (from[x] + from[x + 10]);
        }
    }

    private void down(float[][] rows, float[] into) {
        weigh(rows, 0, into);
        for (int distance = 1; distance <= RADIUS; distance++) {
            add(rows, distance, into);
        }
    }

    private void weigh(float[][] rows, int distance, float[] into) {
        float[] middle = rows[(pushed + RADIUS) % SPAN];
        float tap = window[distance];
        for (int x = 0; x < width; x++) {
            into[x] = tap * middle[x];
        }
    }

    private void add(float[][] rows, int distance, float[] into) {
        float[] above = rows[(pushed + RADIUS - distance) % SPAN];
        float[] below = rows[(pushed + RADIUS + distance) % SPAN];
        float tap = window[distance];
        for (int x = 0; x < width; x++) {
            into[x] += tap * (above[x] + below[x]);
        }
    }
}
