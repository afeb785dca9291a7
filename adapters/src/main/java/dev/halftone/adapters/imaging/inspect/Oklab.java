package dev.halftone.adapters.imaging.inspect;

/// Björn Ottosson's perceptual colour space: distances are what an eye sees. Matrices of
/// <https://bottosson.github.io/posts/oklab/>, 25 January 2021.
final class Oklab {
    private Oklab() {}

    /// @param rgb `0xRRGGBB` in sRGB, whatever lies above
    static double[] of(int rgb) {
        double r = linear(rgb >> 16 & 255);
        double g = linear(rgb >> 8 & 255);
        double b = linear(rgb & 255);
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    /// `0xRRGGBB` in sRGB; what lies outside is clipped.
    static int rgb(double[] lab) {
        double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
        double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
        double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
        return sample(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
                | sample(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
                | sample(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static double linear(int sample) {
        double value = sample / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int sample(double light) {
        double value = Math.clamp(light, 0, 1);
        return (int) Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055));
    }
}
