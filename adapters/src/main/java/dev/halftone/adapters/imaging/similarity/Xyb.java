package dev.halftone.adapters.imaging.similarity;

/// Rows of a picture in XYB, the colour space of JPEG XL (ISO/IEC 18181-1), moved and scaled to 0..1 as SSIMULACRA 2
/// wants it: what the eye's cones take in, its cube root, then opponent colours. Constants: libjxl `opsin_params.h`
/// and `MakePositiveXYB` of cloudinary/ssimulacra2 (BSD).
final class Xyb {
    private static final float BIAS = 0.0037930732552754493f;
    private static final float ROOT_OF_BIAS = (float) Math.cbrt(BIAS);

    final float[] x;
    final float[] y;
    final float[] b;

    Xyb(int width) {
        x = new float[width];
        y = new float[width];
        b = new float[width];
    }

    /// Converts one row.
    void read(LinearPicture picture, int row) {
        int from = row * picture.width();
        float[] red = picture.red();
        float[] green = picture.green();
        float[] blue = picture.blue();
        for (int i = 0; i < x.length; i++) {
            float r = red[from + i];
            float g = green[from + i];
            float l = blue[from + i];
            float longCone = root(0.30f * r + 0.622f * g + 0.078f * l + BIAS) - ROOT_OF_BIAS;
            float middleCone = root(0.23f * r + 0.692f * g + 0.078f * l + BIAS) - ROOT_OF_BIAS;
            float shortCone = root(0.24342268924547819f * r + 0.20476744424496821f * g + 0.5518098665095536f * l + BIAS)
                    - ROOT_OF_BIAS;
            float luma = 0.5f * (longCone + middleCone);
            x[i] = 0.5f * (longCone - middleCone) * 14 + 0.42f;
            y[i] = luma + 0.01f;
            b[i] = shortCone - luma + 0.55f;
        }
    }

    /// The cube root of a positive number, to about one part in ten million: a third of the exponent as a guess, then
    /// Halley's iteration, which triples the good digits each time.
    static float root(float value) {
        float guess = Float.intBitsToFloat((int) (Float.floatToRawIntBits(value) * (1 / 3f)) + 0x2a5119f2);
        float cube = guess * guess * guess;
        guess = guess * (cube + 2 * value) / (2 * cube + value);
        cube = guess * guess * guess;
        return guess * (cube + 2 * value) / (2 * cube + value);
    }
}
