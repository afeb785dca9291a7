package dev.halftone.adapters.imaging.inspect;

import dev.halftone.adapters.imaging.pixel.Picture;

/// A picture as a short text that a page shows as a blur until the picture is there: its lowest frequencies in
/// linear light, quantised, in base 83. Written from the public description of the algorithm at
/// <https://github.com/woltapp/blurhash/blob/master/Algorithm.md>.
final class BlurHash {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private BlurHash() {}

    /// @param across components, 1 to 9
    /// @param down likewise
    static String of(Picture picture, int across, int down) {
        Picture.Colour colour = picture.onWhite().asColour();
        double[][] light = linear(colour);
        double[][] factors = new double[across * down][];
        for (int v = 0; v < down; v++) {
            for (int u = 0; u < across; u++) {
                factors[v * across + u] = factor(colour, light, u, v);
            }
        }
        StringBuilder hash = new StringBuilder(2 * across * down + 4);
        append(hash, across - 1 + (down - 1) * 9, 1);
        double largest = largest(factors);
        int step = Math.clamp((int) Math.floor(largest * 166 - 0.5), 0, 82);
        append(hash, factors.length > 1 ? step : 0, 1);
        append(hash, srgb(factors[0][0]) << 16 | srgb(factors[0][1]) << 8 | srgb(factors[0][2]), 4);
        for (int i = 1; i < factors.length; i++) {
            append(hash, quantised(factors[i], (step + 1) / 166.0), 2);
        }
        return hash.toString();
    }

    private static double[][] linear(Picture.Colour picture) {
        double[] table = new double[256];
        for (int i = 0; i < 256; i++) {
            double value = i / 255.0;
            table[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        double[][] light = new double[3][picture.argb().length];
        for (int i = 0; i < picture.argb().length; i++) {
            int pixel = picture.argb()[i];
            light[0][i] = table[pixel >> 16 & 255];
            light[1][i] = table[pixel >> 8 & 255];
            light[2][i] = table[pixel & 255];
        }
        return light;
    }

    private static double[] factor(Picture.Colour picture, double[][] light, int u, int v) {
        int width = picture.width();
        int height = picture.height();
        double norm = u == 0 && v == 0 ? 1 : 2;
        double[] sum = new double[3];
        for (int x = 0; x < width; x++) {
            double cosine = norm * Math.cos(Math.PI * u * x / width);
            for (int y = 0; y < height; y++) {
                double basis = cosine * Math.cos(Math.PI * v * y / height);
                for (int channel = 0; channel < 3; channel++) {
                    sum[channel] += basis * light[channel][y * width + x];
                }
            }
        }
        double scale = 1.0 / (width * height);
        return new double[] {sum[0] * scale, sum[1] * scale, sum[2] * scale};
    }

    /// Over the values, not their magnitudes, as the reference has it.
    private static double largest(double[][] factors) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < factors.length; i++) {
            for (double value : factors[i]) {
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }

    private static int quantised(double[] factor, double most) {
        int value = 0;
        for (double channel : factor) {
            double root = Math.copySign(Math.sqrt(Math.abs(channel / most)), channel);
            value = value * 19 + Math.clamp((int) Math.floor(root * 9 + 9.5), 0, 18);
        }
        return value;
    }

    private static int srgb(double light) {
        double value = Math.clamp(light, 0, 1);
        return (int)
                (value <= 0.0031308
                        ? value * 12.92 * 255 + 0.5
                        : (1.055 * Math.pow(value, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static void append(StringBuilder hash, int value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            hash.append(DIGITS.charAt(value / (int) Math.pow(83, i) % 83));
        }
    }
}
