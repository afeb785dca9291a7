package dev.halftone.adapters.imaging.png;

/// The space in which colours are compared and averaged, and the scale on which their error is judged.
///
/// A colour is four numbers: red, green and blue, each raised to a power that spreads the tones as eyes see
/// them and multiplied by alpha; and alpha itself. So two clear colours are equal whatever stands under them.
/// The distance of two colours is that of what is seen of them over black or over white, whichever is
/// greater, channel by channel.
///
/// The scale is libimagequant's, which was shaped to feel like libjpeg's: at quality q the mean square error
/// may be `2.5 / (210 + q)^1.2 * (100.1 - q) / 100` (tones 0 to 1, three channels added up), a little more
/// under quality 10, and nothing at 100. That is 33 dB at quality 50.
final class Perception {
    /// Tone curve relative to sRGB's.
    private static final double GAMMA = 0.57 / 0.45455;

    private static final float[] TONE = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            TONE[i] = (float) Math.pow(i / 255.0, GAMMA);
        }
    }

    private Perception() {}

    /// The largest mean square error at a quality of 1 to 100.
    static double errorAt(double quality) {
        if (quality >= 100) {
            return 0;
        }
        double coarse = Math.max(0, 0.016 / (0.001 + quality) - 0.001);
        return coarse + 2.5 / Math.pow(210.0 + quality, 1.2) * (100.1 - quality) / 100.0;
    }

    static float red(int argb) {
        return TONE[argb >> 16 & 255] * alpha(argb);
    }

    static float green(int argb) {
        return TONE[argb >> 8 & 255] * alpha(argb);
    }

    static float blue(int argb) {
        return TONE[argb & 255] * alpha(argb);
    }

    /// 0 clear to 1 opaque.
    static float alpha(int argb) {
        return (argb >>> 24) * (1 / 255f);
    }

    /// Square distance by the differences of the four numbers.
    static float distance(float red, float green, float blue, float alpha) {
        float r = red * red;
        float g = green * green;
        float b = blue * blue;
        if (alpha == 0) {
            return r + g + b;
        }
        float whiteRed = red - alpha;
        float whiteGreen = green - alpha;
        float whiteBlue = blue - alpha;
        return Math.max(r, whiteRed * whiteRed)
                + Math.max(g, whiteGreen * whiteGreen)
                + Math.max(b, whiteBlue * whiteBlue);
    }

    /// Back to `0xAARRGGBB`, rounded.
    static int argb(float red, float green, float blue, float alpha) {
        int a = Math.clamp(Math.round(alpha * 255), 0, 255);
        if (a == 0) {
            return 0;
        }
        return a << 24 | sample(red / alpha) << 16 | sample(green / alpha) << 8 | sample(blue / alpha);
    }

    private static int sample(float tone) {
        return Math.clamp(Math.round(255 * Math.pow(Math.max(0, tone), 1 / GAMMA)), 0, 255);
    }
}
