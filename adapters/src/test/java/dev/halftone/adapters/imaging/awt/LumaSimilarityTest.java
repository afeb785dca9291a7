package dev.halftone.adapters.imaging.awt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.PlainSsim;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class LumaSimilarityTest {

    private static BufferedImage coarser(BufferedImage image, int step) {
        BufferedImage out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int r = (rgb >> 16 & 255) / step * step;
                int g = (rgb >> 8 & 255) / step * step;
                int b = (rgb & 255) / step * step;
                out.setRGB(x, y, r << 16 | g << 8 | b);
            }
        }
        return out;
    }

    private static Picture pictureOf(BufferedImage image) {
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Picture.Colour.of(image.getWidth(), image.getHeight(), argb);
    }

    @Test
    void isTheMeanThatTheFormulaGives() {
        BufferedImage image = TestImages.quarters(120, 90);
        for (int step : new int[] {3, 9, 40}) {
            BufferedImage changed = coarser(image, step);

            // The plain one looks at every second window only.
            assertThat(LumaSimilarity.between(pictureOf(image), pictureOf(changed)))
                    .isCloseTo(PlainSsim.between(image, changed), within(0.004));
        }
    }

    @Test
    void isOneForEqualPicturesOfAnySize() {
        for (int side : new int[] {1, 7, 11, 12, 64}) {
            Picture picture = pictureOf(TestImages.quarters(side, side + 3));
            assertThat(LumaSimilarity.between(picture, picture)).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void missesAWhiteDrawingOnNothing() {
        int[] drawing = new int[1600];
        for (int i = 0; i < drawing.length; i++) {
            drawing[i] = i % 7 == 0 ? 0xffffffff : 0;
        }
        int[] dark = new int[1600];
        for (int i = 0; i < dark.length; i++) {
            dark[i] = i % 7 == 0 ? 0xff000000 : 0;
        }
        Picture nothing = Picture.Colour.of(40, 40, new int[1600]);

        assertThat(LumaSimilarity.between(Picture.Colour.of(40, 40, drawing), nothing))
                .isLessThan(0.5);
        assertThat(LumaSimilarity.between(Picture.Colour.of(40, 40, dark), nothing))
                .isLessThan(0.5);
    }

    @Test
    void comparesGreyWithColourByLuma() {
        byte[] samples = new byte[900];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 37 % 256);
        }
        Picture grey = new Picture.Grey(30, 30, samples);

        assertThat(LumaSimilarity.between(grey, grey.asColour())).isCloseTo(1, within(1e-6));
    }
}
