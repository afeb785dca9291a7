package dev.halftone.adapters.imaging.steps.shape;

import static dev.halftone.adapters.imaging.steps.Pictures.DEADLINE;
import static dev.halftone.adapters.imaging.steps.Pictures.noise;
import static dev.halftone.adapters.imaging.steps.Pictures.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Operation;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class SmartCropStepTest {
    private static Picture.Colour cropped(Picture.Colour picture, int width, int height) {
        return SmartCropStep.run(
                picture,
                new PixelSize(picture.width(), picture.height()),
                new Operation.SmartCrop(new PixelSize(width, height)),
                DEADLINE);
    }

    private static long count(Picture.Colour picture, IntPredicate what) {
        return java.util.Arrays.stream(picture.argb()).filter(what).count();
    }

    @Test
    void edgesDrawTheWindow() {
        Picture.Colour stripes = of(400, 100, (x, y) -> x < 80 && x > 20 && y % 8 < 4 ? 0xff909090 : 0xffb0b0b0);
        assertThat(count(cropped(stripes, 100, 100), argb -> (argb & 255) < 0xa0))
                .isGreaterThan(2500);
    }

    @Test
    void aColourOfItsOwnDrawsTheWindow() {
        Picture.Colour spot = of(100, 400, (x, y) -> Math.hypot(x - 50, y - 330) < 20 ? 0xff2060c0 : 0xffc8b090);
        assertThat(count(cropped(spot, 100, 100), argb -> (argb & 255) > 0xb0)).isGreaterThan(1200);
    }

    /// As light and as saturated as its ground.
    @Test
    void anotherHueDrawsTheWindow() {
        Picture.Colour spot = of(100, 400, (x, y) -> Math.hypot(x - 50, y - 330) < 20 ? 0xff98b8d0 : 0xffc8b090);
        assertThat(count(cropped(spot, 100, 100), argb -> (argb & 255) > 0xb0)).isGreaterThan(1200);
    }

    @Test
    void skinGoesBeforeOtherColours() {
        Picture.Colour two = of(
                600,
                100,
                (x, y) -> Math.hypot(x - 80, y - 50) < 22
                        ? 0xffd09c78
                        : Math.hypot(x - 520, y - 50) < 22 ? 0xff78a8d0 : 0xffb0b0b0);
        assertThat(count(cropped(two, 100, 100), argb -> (argb >> 16 & 255) > 0xc8))
                .isGreaterThan(1300);
    }

    @Test
    void clearPixelsDrawNothing() {
        Picture.Colour hidden = of(
                400,
                100,
                (x, y) -> x < 100
                        ? x % 8 < 4 ? 0x00ff0000 : 0x0000ff00
                        : Math.hypot(x - 300, y - 50) < 10 ? 0xff808080 : 0x00ffffff);
        assertThat(count(cropped(hidden, 100, 100), argb -> argb >>> 24 == 255)).isGreaterThan(250);
    }

    @Test
    void theSubjectIsCentredWhereThereIsRoom() {
        Picture.Colour spot = of(400, 100, (x, y) -> Math.hypot(x - 150, y - 50) < 15 ? 0xffd02010 : 0xffc8c8c8);
        Picture.Colour made = cropped(spot, 100, 100);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < made.argb().length; i++) {
            boolean red = (made.argb()[i] & 255) < 0x60;
            sum += red ? i % 100 : 0;
            weight += red ? 1 : 0;
        }
        assertThat(sum / weight).isBetween(38.0, 62.0);
    }

    @Test
    void theSamePictureIsAlwaysCutAlike() {
        Picture.Colour picture = noise(300, 90, true, 12);
        assertThat(cropped(picture, 80, 80).argb())
                .isEqualTo(cropped(picture, 80, 80).argb());
    }
}
