package dev.halftone.adapters.imaging.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsimTest {
    private static final Rgb SCENE = MadePictures.scene(97, 61);

    /// The formula as printed, window by window, in double.
    private static double asPrinted(Luma first, Luma second) {
        double sum = 0;
        for (int top = 0; top + 11 <= first.height(); top++) {
            for (int left = 0; left + 11 <= first.width(); left++) {
                sum += window(first, second, left, top);
            }
        }
        return sum / ((first.width() - 10.0) * (first.height() - 10.0));
    }

    private static double window(Luma first, Luma second, int left, int top) {
        double weights = 0;
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int y = 0; y < 11; y++) {
            for (int x = 0; x < 11; x++) {
                double weight = Math.exp(-((x - 5) * (x - 5) + (y - 5) * (y - 5)) / (2 * 1.5 * 1.5));
                double one = first.samples()[(top + y) * first.width() + left + x];
                double two = second.samples()[(top + y) * first.width() + left + x];
                weights += weight;
                a += weight * one;
                b += weight * two;
                aa += weight * one * one;
                bb += weight * two * two;
                ab += weight * one * two;
            }
        }
        double meanA = a / weights;
        double meanB = b / weights;
        double varianceA = aa / weights - meanA * meanA;
        double varianceB = bb / weights - meanB * meanB;
        double covariance = ab / weights - meanA * meanB;
        double c1 = 0.01 * 255 * 0.01 * 255;
        double c2 = 0.03 * 255 * 0.03 * 255;
        return (2 * meanA * meanB + c1)
                * (2 * covariance + c2)
                / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
    }

    @ParameterizedTest
    @CsvSource({"8", "24", "60", "120"})
    void isTheFormulaAsPrinted(int step) {
        Luma first = Luma.of(SCENE);
        Luma second = Luma.of(MadePictures.stepped(SCENE, step));

        assertThat(Ssim.of(first, second)).isCloseTo(asPrinted(first, second), within(2e-5));
    }

    @Test
    void isOneForTheSamePicture() {
        assertThat(Ssim.of(Luma.of(SCENE), Luma.of(SCENE))).isEqualTo(1.0);
    }

    @Test
    void doesNotCareWhichComesFirst() {
        Luma first = Luma.of(SCENE);
        Luma second = Luma.of(MadePictures.smeared(SCENE, 6));

        assertThat(Ssim.of(first, second))
                .isCloseTo(Ssim.of(second, first), within(1e-9))
                .isLessThan(0.95);
    }

    @Test
    void fallsToTheLuminanceTermBetweenFlatPictures() {
        Luma dark = Luma.of(30, 20, filled(600, 100));
        Luma light = Luma.of(30, 20, filled(600, 200));

        assertThat(Ssim.of(dark, light)).isCloseTo(0.8001, within(1e-3));
    }

    @Test
    void takesAPictureBelowTheWindowAsOnePlace() {
        Luma first = Luma.of(3, 2, new byte[] {10, 20, 30, 40, 50, 60});
        Luma second = Luma.of(3, 2, new byte[] {60, 50, 40, 30, 20, 10});

        assertThat(Ssim.of(first, first)).isCloseTo(1, within(1e-12));
        assertThat(Ssim.of(first, second))
                .isCloseTo((-2 * 291.6667 + 58.5225) / (2 * 291.6667 + 58.5225), within(1e-4));
    }

    @Test
    void refusesPicturesOfTwoSizes() {
        Luma first = Luma.of(30, 20, filled(600, 100));
        Luma second = Luma.of(20, 30, filled(600, 100));

        assertThatThrownBy(() -> Ssim.of(first, second))
                .hasMessageContaining("30 x 20")
                .hasMessageContaining("20 x 30");
        assertThatThrownBy(() -> Luma.of(30, 20, new byte[599])).hasMessageContaining("599");
    }

    private static byte[] filled(int length, int value) {
        byte[] samples = new byte[length];
        java.util.Arrays.fill(samples, (byte) value);
        return samples;
    }
}
