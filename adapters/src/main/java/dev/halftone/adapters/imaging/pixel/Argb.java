package dev.halftone.adapters.imaging.pixel;

/// Arithmetic on one pixel, `0xAARRGGBB`, alpha not multiplied in.
public final class Argb {
    private Argb() {}

    /// One colour laid on another (Porter and Duff's "over").
    public static int over(int top, int bottom) {
        int alpha = top >>> 24;
        if (alpha == 255 || bottom >>> 24 == 0) {
            return alpha == 0 ? bottom : top;
        }
        if (alpha == 0) {
            return bottom;
        }
        int beneath = (bottom >>> 24) * (255 - alpha);
        int whole = 255 * alpha + beneath;
        return (whole + 127) / 255 << 24
                | mixed(top >> 16 & 255, 255 * alpha, bottom >> 16 & 255, beneath) << 16
                | mixed(top >> 8 & 255, 255 * alpha, bottom >> 8 & 255, beneath) << 8
                | mixed(top & 255, 255 * alpha, bottom & 255, beneath);
    }

    private static int mixed(int one, int weight, int other, int otherWeight) {
        int whole = weight + otherWeight;
        return (one * weight + other * otherWeight + whole / 2) / whole;
    }

    /// @param share 0 to 1, by which the alpha is multiplied
    public static int faded(int argb, double share) {
        return (int) Math.round((argb >>> 24) * share) << 24 | argb & 0xffffff;
    }

    /// The largest difference of a sample, 0 to 255. Of clear pixels only the alpha counts.
    public static int difference(int one, int other) {
        int alpha = Math.abs((one >>> 24) - (other >>> 24));
        if (one >>> 24 == 0 || other >>> 24 == 0) {
            return alpha;
        }
        int red = Math.abs((one >> 16 & 255) - (other >> 16 & 255));
        int green = Math.abs((one >> 8 & 255) - (other >> 8 & 255));
        int blue = Math.abs((one & 255) - (other & 255));
        return Math.max(Math.max(alpha, red), Math.max(green, blue));
    }

    /// By the weights of Rec. 709, 0 to 255, of the samples as they are.
    public static float luma(int argb) {
        return 0.2126f * (argb >> 16 & 255) + 0.7152f * (argb >> 8 & 255) + 0.0722f * (argb & 255);
    }

    /// Puts a row of pixels into `row`, four samples each: alpha, then the colours multiplied with it.
    public static void unpack(int[] argb, int at, int width, float[] row) {
        for (int x = 0, i = 0; x < width; x++, i += 4) {
            int pixel = argb[at + x];
            int alpha = pixel >>> 24;
            float share = alpha == 255 ? 1 : alpha / 255f;
            row[i] = alpha;
            row[i + 1] = (pixel >> 16 & 255) * share;
            row[i + 2] = (pixel >> 8 & 255) * share;
            row[i + 3] = (pixel & 255) * share;
        }
    }

    /// The way back; what lies outside the range of samples is brought to its ends.
    public static void pack(float[] row, int[] argb, int at, int width) {
        for (int x = 0, i = 0; x < width; x++, i += 4) {
            argb[at + x] = pack(row[i], row[i + 1], row[i + 2], row[i + 3]);
        }
    }

    /// @param alpha 0 to 255; the colours are multiplied with it
    public static int pack(float alpha, float red, float green, float blue) {
        int a = sample(alpha);
        if (a == 0) {
            return 0;
        }
        float share = a == 255 ? 1 : 255 / alpha;
        return a << 24 | sample(red * share) << 16 | sample(green * share) << 8 | sample(blue * share);
    }

    public static int sample(float value) {
        return Math.clamp((int) (value + 0.5f), 0, 255);
    }
}
