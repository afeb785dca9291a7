package dev.halftone.adapters.imaging.png;

/// The colours of a picture in perceptual space, each with a weight. Pictures of very many colours
/// are counted in coarser cells of 6 or 5 bits a channel; a cell stands for the mean of what fell into it,
/// and the spread inside is remembered, so that no error is hidden.
@SuppressWarnings("ArrayRecordComponent")
record Histogram(
        int size,
        float[] red,
        float[] green,
        float[] blue,
        float[] alpha,
        float[] weight,
        double spread,
        double pixels) {

    private static final int MOST = 40_000;

    /// A colour weighs its number of pixels to this power: else a plain background would make up for any
    /// error in the product before it, and a small logo would lose its colours.
    private static final double IMPORTANCE = 0.6;

    static Histogram of(int[] argb) {
        for (int mask : new int[] {0xffffffff, 0xfcfcfcfc, 0xf8f8f8f8, 0xf0f0f0f0, 0xe0e0e0e0}) {
            ColourIndex index = new ColourIndex(MOST);
            long[] count = new long[MOST];
            double[][] sums = new double[5][MOST];
            if (count(argb, mask, index, count, sums)) {
                return means(index.size(), count, sums);
            }
        }
        throw new AssertionError("8 levels a channel are 4096 cells");
    }

    private static boolean count(int[] argb, int mask, ColourIndex index, long[] count, double[][] sums) {
        int last = 0;
        int number = -1;
        for (int pixel : argb) {
            int colour = pixel >>> 24 == 0 ? 0 : pixel;
            int key = colour & mask;
            if (key != last || number < 0) {
                number = index.add(key);
                last = key;
                if (number < 0) {
                    return false;
                }
            }
            float r = Perception.red(colour);
            float g = Perception.green(colour);
            float b = Perception.blue(colour);
            float a = Perception.alpha(colour);
            count[number]++;
            sums[0][number] += r;
            sums[1][number] += g;
            sums[2][number] += b;
            sums[3][number] += a;
            sums[4][number] += r * r + g * g + b * b;
        }
        return true;
    }

    private static Histogram means(int size, long[] count, double[][] sums) {
        float[][] means = new float[5][size];
        double spread = 0;
        double total = 0;
        for (int i = 0; i < size; i++) {
            double n = count[i];
            double square = 0;
            for (int c = 0; c < 4; c++) {
                double mean = sums[c][i] / n;
                means[c][i] = (float) mean;
                square += c < 3 ? mean * mean * n : 0;
            }
            means[4][i] = (float) Math.pow(count[i], IMPORTANCE);
            spread += Math.max(0, sums[4][i] - square) / n * means[4][i];
            total += means[4][i];
        }
        return new Histogram(size, means[0], means[1], means[2], means[3], means[4], spread, total);
    }
}
