package dev.halftone.adapters.imaging.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantiserTest {
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1));

    /// Two smooth gradients with a clear edge on the left and a plain white quarter.
    private static Picture.Colour gradients(int width, int height) {
        int[] argb = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 255 * x / width;
                int green = 255 * y / height;
                int alpha = x < 40 ? 255 * x / 40 : 255;
                argb[y * width + x] =
                        x > width * 3 / 4 ? 0xffffffff : alpha << 24 | red << 16 | green << 8 | 255 - (red + green) / 2;
            }
        }
        return Picture.Colour.of(width, height, argb);
    }

    private Quantised quantised(Picture.Colour picture, int quality) {
        return Quantiser.quantise(picture, quality, deadline).orElseThrow();
    }

    @Test
    void theErrorStaysWithinTheQuality() {
        for (int quality : new int[] {5, 20, 35, 50}) {
            Quantised made = quantised(gradients(160, 120), quality);
            assertThat(made.palette()).hasSizeLessThanOrEqualTo(256);
            assertThat(made.error()).isLessThanOrEqualTo(Perception.errorAt(quality));
        }
    }

    @Test
    void moreQualityTakesMoreColours() {
        Picture.Colour picture = gradients(160, 120);
        assertThat(quantised(picture, 10).palette().length)
                .isLessThan(quantised(picture, 50).palette().length);
    }

    @Test
    void plainAreasKeepTheirExactColour() {
        Picture.Colour picture = gradients(160, 120);
        Quantised made = quantised(picture, 30);
        for (int i = 0; i < picture.argb().length; i++) {
            if (picture.argb()[i] == 0xffffffff) {
                assertThat(made.palette()[made.indexes()[i] & 255]).isEqualTo(0xffffffff);
            }
        }
    }

    @Test
    void alphaIsKept() {
        Picture.Colour picture = gradients(160, 120);
        Quantised made = quantised(picture, 50);
        double off = 0;
        for (int i = 0; i < picture.argb().length; i++) {
            int was = picture.argb()[i] >>> 24;
            int is = made.palette()[made.indexes()[i] & 255] >>> 24;
            off += Math.abs(was - is);
            if (was == 0) {
                assertThat(is).isLessThan(24);
            }
            if (was == 255) {
                assertThat(is).isGreaterThan(240);
            }
        }
        assertThat(off / picture.argb().length).isLessThan(2);
        assertThat(made.palette()[0] >>> 24).as("clear colours stand in front").isLessThan(255);
    }

    @Test
    void ditheringKeepsTheMean() {
        Picture.Colour picture = gradients(160, 120);
        Quantised made = quantised(picture, 20);
        long was = 0;
        long is = 0;
        for (int i = 0; i < picture.argb().length; i++) {
            was += picture.argb()[i] >> 8 & 255;
            is += made.palette()[made.indexes()[i] & 255] >> 8 & 255;
        }
        assertThat((double) is / picture.argb().length)
                .isBetween((double) was / picture.argb().length - 2, (double) was / picture.argb().length + 2);
    }

    @Test
    void aSmallRareColourIsNotLost() {
        Picture.Colour picture = gradients(160, 120);
        int[] argb = picture.argb().clone();
        for (int i = 0; i < 36; i++) {
            argb[(100 + i / 6) * 160 + 130 + i % 6] = 0xffff0000;
        }
        Quantised made = quantised(Picture.Colour.of(160, 120, argb), 50);
        int seen = made.palette()[made.indexes()[102 * 160 + 132] & 255];
        assertThat(seen >> 16 & 255).isGreaterThan(215);
        assertThat(seen >> 8 & 255).isLessThan(60);
    }

    @Test
    void noiseIsTooMuchForAPaletteAndStaysExact() {
        Random random = new Random(5);
        int[] argb = random.ints(120 * 120).toArray();
        Arrays.setAll(argb, i -> argb[i] >>> 24 == 0 ? 0 : argb[i]);
        Picture.Colour noise = Picture.Colour.of(120, 120, argb);
        assertThat(Quantiser.quantise(noise, 90, deadline)).isEmpty();
        assertThat(roundTrip(noise, 90)).isEqualTo(argb);
    }

    @Test
    void fewColoursStayExactAtAnyQuality() {
        Random random = new Random(6);
        int[] argb = random.ints(90 * 90, 0, 256)
                .map(i -> 0xff000000 | i * 0x01_03_07)
                .toArray();
        assertThat(roundTrip(Picture.Colour.of(90, 90, argb), 1)).isEqualTo(argb);
    }

    @Test
    void aPaletteThatIsNotWorthItGivesWayToTheExactPicture() {
        Picture.Colour picture = gradients(160, 120);
        byte[] png = PngCompressor.compress(picture, 50, false, 10, false, new byte[0], deadline);
        assertThat(((Picture.Colour) PngDecoder.decode(PngFile.parse(png), deadline)).argb())
                .isEqualTo(cleared(picture.argb()));
    }

    private static int[] cleared(int[] argb) {
        return Arrays.stream(argb).map(pixel -> pixel >>> 24 == 0 ? 0 : pixel).toArray();
    }

    private int[] roundTrip(Picture picture, int quality) {
        byte[] png = PngCompressor.compress(picture, quality, false, Integer.MAX_VALUE, false, new byte[0], deadline);
        return ((Picture.Colour) PngDecoder.decode(PngFile.parse(png), deadline)).argb();
    }
}
