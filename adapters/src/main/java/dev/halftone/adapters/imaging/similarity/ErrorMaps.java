package dev.halftone.adapters.imaging.similarity;

/// The three error maps of SSIMULACRA 2 over one channel at one size, summed as their rows are made: structure, edges
/// that the distorted picture has and the reference has not (ringing, blocks), edges that it lost (blur).
final class ErrorMaps {
    private static final float C2 = 0.0009f;
    private static final int STRUCTURE = 0;
    private static final int CAME = 1;
    private static final int WENT = 2;

    private final Moments moments;
    private final float[] errors;
    private final double[] sums = new double[3];
    private final double[] fourthPowers = new double[3];
    private int pushed;

    ErrorMaps(int width, float[] window) {
        moments = new Moments(width, window);
        errors = new float[width];
    }

    void push(float[] reference, float[] distorted) {
        moments.push(reference, distorted, 0);
        measure();
    }

    void pad() {
        moments.pad();
        measure();
    }

    private void measure() {
        if (++pushed > Moments.RADIUS) {
            moments.gather();
            structure();
            addStructure();
            edges();
            addEdges();
        }
    }

    /// One minus SSIM, without its denominator of the means: XYB is even to the eye already.
    private void structure() {
        float[] mean1 = moments.meanFirst;
        float[] mean2 = moments.meanSecond;
        float[] square1 = moments.meanFirstSquared;
        float[] square2 = moments.meanSecondSquared;
        float[] product = moments.meanProduct;
        for (int x = 0; x < errors.length; x++) {
            float difference = mean1[x] - mean2[x];
            float luminance = 1 - difference * difference;
            float above = 2 * (product[x] - mean1[x] * mean2[x]) + C2;
            float below = square1[x] - mean1[x] * mean1[x] + (square2[x] - mean2[x] * mean2[x]) + C2;
            errors[x] = 1 - luminance * above / below;
        }
    }

    /// How much farther the distorted picture is from its own mean than the reference from its.
    private void edges() {
        float[] mean1 = moments.meanFirst;
        float[] mean2 = moments.meanSecond;
        float[] first = moments.first();
        float[] second = moments.second();
        for (int x = 0; x < errors.length; x++) {
            float own = Math.abs(first[x] - mean1[x]);
            errors[x] = (Math.abs(second[x] - mean2[x]) - own) / (1 + own);
        }
    }

    private void addStructure() {
        double sum = 0;
        double fourth = 0;
        for (float error : errors) {
            double value = Math.max(error, 0);
            sum += value;
            fourth += value * value * (value * value);
        }
        sums[STRUCTURE] += sum;
        fourthPowers[STRUCTURE] += fourth;
    }

    private void addEdges() {
        double came = 0;
        double cameFourth = 0;
        double went = 0;
        double wentFourth = 0;
        for (float error : errors) {
            double more = Math.max(error, 0);
            double less = Math.max(-error, 0);
            came += more;
            cameFourth += more * more * (more * more);
            went += less;
            wentFourth += less * less * (less * less);
        }
        sums[CAME] += came;
        fourthPowers[CAME] += cameFourth;
        sums[WENT] += went;
        fourthPowers[WENT] += wentFourth;
    }

    /// In the order of the weights: the three maps' means, then their 4-norms.
    double[] norms(double pixels) {
        double[] norms = new double[6];
        for (int map = 0; map < 3; map++) {
            norms[map] = sums[map] / pixels;
            norms[3 + map] = Math.sqrt(Math.sqrt(fourthPowers[map] / pixels));
        }
        return norms;
    }
}
