package dev.halftone.adapters.imaging.similarity;

/// The structural similarity index of Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error
/// visibility to structural similarity", 2004: 8-bit luma, a Gaussian window of 11 by 11 with σ = 1.5, K1 = 0.01,
/// K2 = 0.03, the mean over all places where the window lies within the picture, at full size.
///
/// 1 for the same picture, rarely below 0; symmetric. A picture that is narrower or lower than the window is taken as
/// one place, all its pixels weighing the same.
public final class Ssim {
    static final int WINDOW = 2 * Moments.RADIUS + 1;

    private static final double SIGMA = 1.5;
    private static final float C1 = 0.01f * 255 * 0.01f * 255;
    private static final float C2 = 0.03f * 255 * 0.03f * 255;
    private static final float[] GAUSSIAN = gaussian();

    private Ssim() {}

    /// The similarity of two planes.
    ///
    /// @throws IllegalArgumentException when their sizes differ
    public static double of(Luma first, Luma second) {
        return means(first, second).similarity();
    }

    /// The mean of the whole index, and of its contrast and structure without the luminance term.
    record Means(double similarity, double structure) {}

    static Means means(Luma first, Luma second) {
        Sizes.checkSame(first.width(), first.height(), second.width(), second.height());
        if (Math.min(first.width(), first.height()) < WINDOW) {
            return asOnePlace(first.samples(), second.samples());
        }
        int width = first.width();
        int height = first.height();
        Moments moments = new Moments(width, GAUSSIAN);
        float[] similarity = new float[width];
        float[] structure = new float[width];
        double similaritySum = 0;
        double structureSum = 0;
        for (int y = 0; y < height; y++) {
            moments.push(first.samples(), second.samples(), y * width);
            if (y >= WINDOW - 1) {
                moments.gather();
                compare(moments, similarity, structure);
                similaritySum += sum(similarity);
                structureSum += sum(structure);
            }
        }
        double places = (double) (width - WINDOW + 1) * (height - WINDOW + 1);
        return new Means(similaritySum / places, structureSum / places);
    }

    private static void compare(Moments moments, float[] similarity, float[] structure) {
        float[] mean1 = moments.meanFirst;
        float[] mean2 = moments.meanSecond;
        float[] square1 = moments.meanFirstSquared;
        float[] square2 = moments.meanSecondSquared;
        float[] product = moments.meanProduct;
        for (int x = 0; x < similarity.length; x++) {
            float m11 = mean1[x] * mean1[x];
            float m22 = mean2[x] * mean2[x];
            float m12 = mean1[x] * mean2[x];
            float luminance = (2 * m12 + C1) / (m11 + m22 + C1);
            float contrast = (2 * (product[x] - m12) + C2) / (square1[x] - m11 + (square2[x] - m22) + C2);
            structure[x] = contrast;
            similarity[x] = luminance * contrast;
        }
    }

    private static double sum(float[] row) {
        double sum = 0;
        for (int x = Moments.RADIUS; x < row.length - Moments.RADIUS; x++) {
            sum += row[x];
        }
        return sum;
    }

    private static Means asOnePlace(float[] first, float[] second) {
        double mean1 = 0;
        double mean2 = 0;
        double square1 = 0;
        double square2 = 0;
        double product = 0;
        double share = 1.0 / first.length;
        for (int i = 0; i < first.length; i++) {
            mean1 += share * first[i];
            mean2 += share * second[i];
            square1 += share * first[i] * first[i];
            square2 += share * second[i] * second[i];
            product += share * first[i] * second[i];
        }
        double luminance = (2 * mean1 * mean2 + C1) / (mean1 * mean1 + mean2 * mean2 + C1);
        double structure =
                (2 * (product - mean1 * mean2) + C2) / (square1 - mean1 * mean1 + (square2 - mean2 * mean2) + C2);
        return new Means(luminance * structure, structure);
    }

    private static float[] gaussian() {
        double[] taps = new double[Moments.RADIUS + 1];
        double sum = 0;
        for (int distance = 0; distance < taps.length; distance++) {
            taps[distance] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
            sum += distance == 0 ? taps[0] : 2 * taps[distance];
        }
        float[] window = new float[taps.length];
        for (int distance = 0; distance < taps.length; distance++) {
            window[distance] = (float) (taps[distance] / sum);
        }
        return window;
    }
}
