package dev.halftone.adapters.imaging.steps;

import static dev.halftone.adapters.imaging.steps.Pictures.DEADLINE;
import static dev.halftone.adapters.imaging.steps.Pictures.noise;
import static dev.halftone.adapters.imaging.steps.Pictures.of;
import static dev.halftone.adapters.imaging.steps.Pictures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Rgba;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws that hold whatever the picture.
class StepsTest {
    private static final Rgba GROUND = new Rgba(0xff306090);

    private static Picture.Colour run(Picture.Colour picture, Operation... operations) {
        return new Steps(id -> plain(5, 4, 0xffff0000), ImageLimits.DEFAULT, DEADLINE)
                .run(picture, new PixelSize(picture.width(), picture.height()), List.of(operations))
                .picture();
    }

    private static void assertSame(Picture.Colour one, Picture.Colour other) {
        assertThat(one.width()).isEqualTo(other.width());
        assertThat(one.height()).isEqualTo(other.height());
        assertThat(one.argb()).isEqualTo(other.argb());
        assertThat(one.opaque()).isEqualTo(other.opaque());
    }

    static List<Picture.Colour> pictures() {
        return List.of(
                noise(1, 1, true, 1),
                noise(7, 1, true, 2),
                noise(1, 9, false, 3),
                noise(31, 17, true, 4),
                noise(40, 23, false, 5),
                plain(12, 12, 0x00000000));
    }

    static List<Operation> all() {
        OptionalInt side = OptionalInt.of(9);
        return List.of(
                new Operation.Resize(side, side, Fit.FILL, Gravity.CENTER, GROUND),
                new Operation.Resize(side, OptionalInt.empty(), Fit.CLIP, Gravity.CENTER, GROUND),
                new Operation.Resize(side, OptionalInt.of(50), Fit.SCALE, Gravity.CENTER, GROUND),
                new Operation.Crop(new Box(0, 0, 5, 3)),
                new Operation.Crop(new Box(90, 90, 5, 3)),
                new Operation.CropTo(new PixelSize(3, 9), Gravity.CENTER),
                new Operation.SmartCrop(new PixelSize(11, 6)),
                new Operation.Trim(255),
                new Operation.Trim(0),
                new Operation.Rotate(0, GROUND),
                new Operation.Rotate(90, GROUND),
                new Operation.Rotate(33, Rgba.CLEAR),
                new Operation.Flip(true, true),
                new Operation.Pad(1, 0, 3, 2, Rgba.CLEAR),
                new Operation.Blur(0.3),
                new Operation.Blur(100),
                new Operation.Sharpen(10, 10),
                new Operation.Grayscale(),
                new Operation.Flatten(new Rgba(0x40ff0000)),
                new Operation.TextMark("Wide text Ж", Operation.Placement.DEFAULT, 1, Rgba.WHITE, true),
                new Operation.TextMark(
                        "x", new Operation.Placement(Gravity.CENTER, 1, 16_000, true), 0.001, Rgba.BLACK, false),
                new Operation.PictureMark("any", new Operation.Placement(Gravity.CENTER, 1, 0, true), 0.001),
                new Operation.PictureMark("any", Operation.Placement.DEFAULT, 1),
                new Operation.RemoveBackground(0),
                new Operation.RemoveBackground(255));
    }

    /// Small, thin, noisy and empty pictures through every operation.
    @ParameterizedTest
    @MethodSource("all")
    void noPictureIsTooOdd(Operation operation) {
        for (Picture.Colour picture : pictures()) {
            Picture.Colour made = run(picture, operation);
            assertThat(made.argb()).hasSize(made.width() * made.height());
            assertThat(made.opaque()).isEqualTo(Arrays.stream(made.argb()).allMatch(argb -> argb >>> 24 == 255));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noOperationOutlivesItsDeadline(Operation operation) {
        Steps late = new Steps(id -> plain(5, 4, 0xffff0000), ImageLimits.DEFAULT, Deadline.in(Duration.ofNanos(-1)));
        assertThatThrownBy(() -> late.run(noise(31, 17, false, 4), new PixelSize(31, 17), List.of(operation)))
                .hasMessageStartingWith("processing_timeout");
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void thereAndBackIsNothing(Picture.Colour picture) {
        assertSame(run(picture, new Operation.Flip(true, false), new Operation.Flip(true, false)), picture);
        assertSame(run(picture, new Operation.Flip(false, true), new Operation.Flip(false, true)), picture);
        assertSame(run(picture, new Operation.Flip(true, true), new Operation.Rotate(180, GROUND)), picture);
        Operation quarter = new Operation.Rotate(90, GROUND);
        assertSame(run(picture, quarter, quarter, quarter, quarter), picture);
        assertSame(run(picture, quarter, new Operation.Rotate(270, GROUND)), picture);
        Operation crop = new Operation.Crop(new Box(4, 3, picture.width(), picture.height()));
        Picture.Colour cropped = run(picture, new Operation.Pad(3, 7, 5, 4, GROUND), crop);
        assertThat(cropped.argb()).isEqualTo(picture.argb());
        assertSame(
                run(
                        picture,
                        new Operation.Resize(
                                OptionalInt.of(picture.width()),
                                OptionalInt.of(picture.height()),
                                Fit.SCALE,
                                Gravity.CENTER,
                                GROUND)),
                picture);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void twiceIsAsOnce(Picture.Colour picture) {
        for (Operation operation : List.of(new Operation.Grayscale(), new Operation.Flatten(GROUND))) {
            assertSame(run(picture, operation, operation), run(picture, operation));
        }
    }

    @Test
    void blurKeepsTheMeanAndPlainGround() {
        Picture.Colour spot = of(120, 90, (x, y) -> Math.hypot(x - 60, y - 45) < 9 ? 0xffffc040 : 0xff202020);
        for (double sigma : new double[] {0.3, 0.7, 1.9, 5, 11}) {
            Picture.Colour made = run(spot, new Operation.Blur(sigma));
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat(mean(made, shift)).as("sigma %s", sigma).isCloseTo(mean(spot, shift), within(0.2));
            }
            Picture.Colour plain = plain(30, 20, 0x603c78b4);
            assertThat(run(plain, new Operation.Blur(sigma)).argb()).containsOnly(0x603c78b4);
        }
    }

    private static double mean(Picture.Colour picture, int shift) {
        return Arrays.stream(picture.argb())
                .map(argb -> argb >> shift & 255)
                .average()
                .orElseThrow();
    }

    /// The spread of a point, measured as the variance of its light.
    @Test
    void blurSpreadsAPointBySigmaInBothDirections() {
        Picture.Colour point = of(141, 141, (x, y) -> Math.abs(x - 70) < 5 && Math.abs(y - 70) < 5 ? -1 : 0xff000000);
        double own = (81 - 1) / 12.0;
        for (double sigma : new double[] {1, 2, 4.5, 9}) {
            Picture.Colour made = run(point, new Operation.Blur(sigma));
            double light = 0;
            double across = 0;
            double down = 0;
            for (int i = 0; i < made.argb().length; i++) {
                double value = made.argb()[i] & 255;
                light += value;
                across += value * (i % 141 - 70) * (i % 141 - 70);
                down += value * (i / 141 - 70) * (i / 141 - 70);
            }
            double expected = own + sigma * sigma;
            assertThat(across / light).as("sigma %s", sigma).isCloseTo(expected, within(0.06 * expected));
            assertThat(down / light).as("sigma %s", sigma).isCloseTo(expected, within(0.06 * expected));
        }
    }

    @Test
    void aPlainPictureIsPlainAtEverySize() {
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            int argb = random.nextInt() | 0x80000000;
            Picture.Colour made = run(
                    plain(1 + random.nextInt(60), 1 + random.nextInt(60), argb),
                    new Operation.Resize(
                            OptionalInt.of(1 + random.nextInt(90)),
                            OptionalInt.of(1 + random.nextInt(90)),
                            Fit.SCALE,
                            Gravity.CENTER,
                            GROUND));
            assertThat(Arrays.stream(made.argb()))
                    .allMatch(seen -> seen >>> 24 == argb >>> 24
                            && Math.abs((seen & 255) - (argb & 255)) <= 1
                            && Math.abs((seen >> 16 & 255) - (argb >> 16 & 255)) <= 1);
        }
    }

    /// A window of a resize holds the very pixels that the whole would.
    @Test
    void aCropsWindowIsAPartOfTheWholeResize() {
        Picture.Colour picture = noise(50, 40, false, 8);
        Picture.Colour whole = run(
                picture,
                new Operation.Resize(OptionalInt.of(100), OptionalInt.of(80), Fit.SCALE, Gravity.CENTER, GROUND));
        Picture.Colour part = run(
                picture,
                new Operation.Resize(OptionalInt.of(30), OptionalInt.of(80), Fit.CROP, new Gravity(0.7, 0), GROUND));
        assertSame(part, run(whole, new Operation.Crop(new Box(55, 0, 30, 80))));
    }

    /// One row, enlarged to a million, of which a thousand are wanted.
    @Test
    void anExtremeShapeIsCroppedWithoutMakingTheRest() {
        Picture.Colour made = run(
                of(1, 1000, (x, y) -> 0xff000000 | y / 4),
                new Operation.Resize(OptionalInt.of(1000), OptionalInt.of(1000), Fit.CROP, Gravity.CENTER, GROUND));
        assertThat(made.width()).isEqualTo(1000);
        assertThat(Arrays.stream(made.argb())).allMatch(argb -> (argb & 255) >= 124 && (argb & 255) <= 126);
    }

    @Test
    void onlyWhatTheFirstOperationShrinksToIsNeeded() {
        PixelSize shown = new PixelSize(4000, 3000);
        Operation resize =
                new Operation.Resize(OptionalInt.of(400), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, GROUND);
        Operation smart = new Operation.SmartCrop(new PixelSize(300, 300));
        Operation larger =
                new Operation.Resize(OptionalInt.of(9000), OptionalInt.empty(), Fit.CLIP, Gravity.CENTER, GROUND);
        assertThat(Steps.needed(shown, List.of(resize, smart))).hasToString("400x300");
        assertThat(Steps.needed(shown, List.of(smart))).hasToString("400x300");
        assertThat(Steps.needed(shown, List.of(larger))).isEqualTo(shown);
        assertThat(Steps.needed(shown, List.of(new Operation.Trim(3), resize))).isEqualTo(shown);
        assertThat(Steps.needed(shown, List.of())).isEqualTo(shown);
    }

    /// Half the pixels stand for the whole picture, so the size that goes out is the same.
    @Test
    void aPictureThatWasDecodedSmallerHasTheSizeItWouldHave() {
        Picture.Colour half = plain(50, 34, 0xff204060);
        Operation resize =
                new Operation.Resize(OptionalInt.of(33), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, GROUND);
        Picture.Colour made = new Steps(id -> half, ImageLimits.DEFAULT, DEADLINE)
                .run(half, new PixelSize(100, 67), List.of(resize))
                .picture();
        assertThat(made.height()).isEqualTo(22);
    }

    /// Stripes too fine for the size become grey, not other stripes.
    @Test
    void whatIsTooFineForASizeIsAveragedAtAnyRatio() {
        Picture.Colour stripes = of(200, 20, (x, y) -> x % 2 == 0 ? 0xffffffff : 0xff000000);
        for (int width : new int[] {110, 99, 60, 17}) {
            Picture.Colour made = run(
                    stripes,
                    new Operation.Resize(OptionalInt.of(width), OptionalInt.of(20), Fit.SCALE, Gravity.CENTER, GROUND));
            double sum = 0;
            for (int x = 4; x < width - 4; x++) {
                sum += Math.abs((Pictures.at(made, x, 10) & 255) - 127.5);
            }
            assertThat(sum / (width - 8)).as("%d wide", width).isLessThan(20);
        }
    }

    @Test
    void theEdgesOfATurnedPictureAreSoft() {
        Picture.Colour made = run(plain(100, 60, -1), new Operation.Rotate(9, Rgba.BLACK));
        long between = Arrays.stream(made.argb())
                .map(argb -> argb & 255)
                .filter(value -> value > 20 && value < 235)
                .count();
        assertThat(between).isBetween(200L, 500L);
    }
}
