package dev.halftone.adapters.imaging.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MultiScaleSsimTest {

    @Test
    void isOneForTheSamePictureOfAnySize() {
        for (int side : new int[] {1, 5, 11, 22, 100, 200}) {
            Luma plane = Luma.of(MadePictures.scene(side, side + 3));

            assertThat(MultiScaleSsim.of(plane, plane)).as("side %d", side).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void doesNotCareWhichComesFirst() {
        Rgb scene = MadePictures.scene(230, 190);
        Luma first = Luma.of(scene);
        Luma second = Luma.of(MadePictures.smeared(scene, 6));

        assertThat(MultiScaleSsim.of(first, second)).isCloseTo(MultiScaleSsim.of(second, first), within(1e-9));
    }

    @Test
    void multipliesFiveSizesWithThePapersExponents() {
        Rgb scene = MadePictures.scene(230, 190);
        Luma one = Luma.of(scene);
        Luma other = Luma.of(MadePictures.stepped(scene, 48));
        double[] exponents = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
        double expected = 1;
        Luma first = one;
        Luma second = other;
        for (int scale = 0; scale < 5; scale++) {
            Ssim.Means means = Ssim.means(first, second);
            expected *= Math.pow(scale == 4 ? means.similarity() : means.structure(), exponents[scale]);
            first = first.halved();
            second = second.halved();
        }

        assertThat(MultiScaleSsim.of(one, other)).isCloseTo(expected, within(1e-3));
    }

    @Test
    void forgivesFineGrainMoreThanSsimDoes() {
        Rgb scene = MadePictures.scene(230, 190);
        Luma first = Luma.of(scene);
        Luma second = Luma.of(MadePictures.stepped(scene, 24));

        assertThat(MultiScaleSsim.of(first, second)).isGreaterThan(Ssim.of(first, second));
    }

    @Test
    void isNeverNegative() {
        Luma plane = Luma.of(MadePictures.scene(40, 40));
        float[] opposite = plane.samples().clone();
        for (int i = 0; i < opposite.length; i++) {
            opposite[i] = 255 - opposite[i];
        }

        assertThat(MultiScaleSsim.of(plane, new Luma(40, 40, opposite))).isBetween(0.0, 0.2);
    }
}
