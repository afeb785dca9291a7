package dev.halftone.adapters.imaging.png;

/// The space in which the quantiser measures differences: samples raised to a power that evens out what the eye sees,
/// weighted by how much it minds them, and multiplied by alpha. Gamma, weights and the difference itself are those of
/// libimagequant, so that its scale of quality applies.
final class ColourSpace {
    private static final double GAMMA = 0.57 / 0.45455;
    private static final float RED = 0.5f;
    private static final float GREEN = 1.0f;
    private static final float BLUE = 0.45f;
    private static final float ALPHA = 0.625f;

    /// Makes up for samples that do not reach 1 once they are weighted.
    private static final double WEIGHT = 0.45;

    private static final float[] LINEAR = new float[256];

    static {
        for (int v = 0; v < 256; v++) {
            LINEAR[v] = (float) Math.pow(v / 255.0, GAMMA);
        }
    }

    private ColourSpace() {}

    /// Writes red, green, blue and alpha of a colour to `into` from `at`.
    static void put(int argb, float[] into, int at) {
        float alpha = (argb >>> 24) / 255f;
        into[at] = LINEAR[argb >> 16 & 255] * RED * alpha;
        into[at + 1] = LINEAR[argb >> 8 & 255] * GREEN * alpha;
        into[at + 2] = LINEAR[argb & 255] * BLUE * alpha;
        into[at + 3] = alpha * ALPHA;
    }

    /// The nearest colour of 8-bit samples.
    static int argb(float red, float green, float blue, float alpha) {
        float share = alpha / ALPHA;
        int a = Math.clamp(Math.round(share * 255), 0, 255);
        if (a == 0) {
            return 0;
        }
        return a << 24
                | sample(red / RED / share) << 16
                | sample(green / GREEN / share) << 8
                | sample(blue / BLUE / share);
    }

    private static int sample(float value) {
        return Math.clamp(Math.round(Math.pow(Math.max(0, value), 1 / GAMMA) * 255), 0, 255);
    }

    /// How different two colours look on the worse of a black and a white ground, squared.
    static float difference(float[] a, int i, float[] b, int j) {
        float alpha = b[j + 3] - a[i + 3];
        return channel(a[i] - b[j], alpha) + channel(a[i + 1] - b[j + 1], alpha) + channel(a[i + 2] - b[j + 2], alpha);
    }

    private static float channel(float onBlack, float alpha) {
        float onWhite = onBlack + alpha;
        return Math.max(onBlack * onBlack, onWhite * onWhite);
    }

    /// The mean squared difference that a quality of 1 to 100 allows (libimagequant's `quality_to_mse`).
    static double allowedError(int quality) {
        double fudge = Math.max(0, 0.016 / (0.001 + quality) - 0.001);
        return WEIGHT * (fudge + 2.5 / Math.pow(210 + quality, 1.2) * (100.1 - quality) / 100);
    }
}
