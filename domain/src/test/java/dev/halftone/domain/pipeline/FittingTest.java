package dev.halftone.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.PixelSize;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FittingTest {
    private static Fitting fitting(PixelSize source, OptionalInt width, OptionalInt height, Fit fit, Gravity gravity) {
        return Fitting.of(source, new Operation.Resize(width, height, fit, gravity, Rgba.WHITE));
    }

    private static Fitting fitting(PixelSize source, int width, int height, Fit fit) {
        return fitting(source, OptionalInt.of(width), OptionalInt.of(height), fit, Gravity.CENTER);
    }

    /// Canvas, what the picture is scaled to, and where its window lies.
    @ParameterizedTest
    @CsvSource({
        "300, 200, 100, 100, max,     100x100, 100x67,  0,  0, 100x67",
        "300, 200, 100, 100, clip,    100x67,  100x67,  0,  0, 100x67",
        "300, 200, 100, 100, crop,    100x100, 150x100, 25, 0, 100x100",
        "300, 200, 100, 100, min,     100x100, 150x100, 25, 0, 100x100",
        "300, 200, 100, 100, fill,    100x100, 100x67,  0, 16, 100x67",
        "300, 200, 100, 100, fillmax, 100x100, 100x67,  0, 16, 100x67",
        "300, 200, 100, 100, scale,   100x100, 100x100, 0,  0, 100x100",
        "80,  60,  100, 100, max,     80x60,   80x60,   0,  0, 80x60",
        "80,  60,  100, 100, clip,    100x75,  100x75,  0,  0, 100x75",
        "80,  60,  100, 100, crop,    100x100, 133x100, 16, 0, 100x100",
        "80,  60,  100, 100, min,     60x60,   80x60,   10, 0, 60x60",
        "80,  60,  100, 100, fill,    100x100, 100x75,  0, 12, 100x75",
        "80,  60,  100, 100, fillmax, 100x100, 80x60,  10, 20, 80x60",
        "80,  60,  100, 100, scale,   100x100, 100x100, 0,  0, 100x100",
        "80,  60,  200, 30,  min,     80x12,   80x60,   0, 24, 80x12",
        "1, 10000, 100, 100, max,     1x100,   1x100,   0,  0, 1x100",
    })
    void workedCases(
            int sourceWidth,
            int sourceHeight,
            int width,
            int height,
            String fit,
            String canvas,
            String scaled,
            int left,
            int top,
            String window) {
        Fit how = Fit.ofWire(fit).orElseThrow();
        Fitting made = fitting(new PixelSize(sourceWidth, sourceHeight), width, height, how);
        if (how != Fit.MAX) {
            assertThat(made.canvas()).hasToString(canvas);
        }
        assertThat(made.scaled()).hasToString(scaled);
        assertThat(made.window().size()).hasToString(window);
        boolean padded = how == Fit.FILL || how == Fit.FILLMAX;
        assertThat(padded ? made.left() : made.window().left()).isEqualTo(left);
        assertThat(padded ? made.top() : made.window().top()).isEqualTo(top);
    }

    @Test
    void oneSideScalesByThatSide() {
        PixelSize source = new PixelSize(300, 200);
        for (Fit fit : Fit.values()) {
            assertThat(fitting(source, OptionalInt.of(150), OptionalInt.empty(), fit, Gravity.CENTER)
                            .canvas())
                    .hasToString("150x100");
            assertThat(fitting(source, OptionalInt.empty(), OptionalInt.of(50), fit, Gravity.CENTER)
                            .canvas())
                    .hasToString("75x50");
        }
        assertThat(fitting(source, OptionalInt.of(600), OptionalInt.empty(), Fit.MAX, Gravity.CENTER)
                        .canvas())
                .hasToString("300x200");
        assertThat(fitting(source, OptionalInt.of(600), OptionalInt.empty(), Fit.CLIP, Gravity.CENTER)
                        .canvas())
                .hasToString("600x400");
    }

    @Test
    void gravityChoosesWhatStays() {
        PixelSize source = new PixelSize(300, 100);
        OptionalInt side = OptionalInt.of(100);
        assertThat(fitting(source, side, side, Fit.CROP, new Gravity(0, 0.5))
                        .window()
                        .left())
                .isZero();
        assertThat(fitting(source, side, side, Fit.CROP, new Gravity(1, 0.5))
                        .window()
                        .left())
                .isEqualTo(200);
        assertThat(fitting(source, side, side, Fit.CROP, new Gravity(0.3, 0.5))
                        .window()
                        .left())
                .isEqualTo(40);
        assertThat(fitting(source, side, side, Fit.FILL, new Gravity(0.5, 1)).top())
                .isEqualTo(67);
    }

    /// Whatever is asked for, the window lies in the scaled picture and on the canvas, and each fit keeps its word.
    @Test
    void everyFitKeepsItsWord() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            PixelSize source = new PixelSize(1 + random.nextInt(900), 1 + random.nextInt(900));
            int width = 1 + random.nextInt(900);
            int height = 1 + random.nextInt(900);
            Fit fit = Fit.values()[random.nextInt(Fit.values().length)];
            Gravity gravity = new Gravity(random.nextDouble(), random.nextDouble());
            Fitting made = fitting(source, OptionalInt.of(width), OptionalInt.of(height), fit, gravity);
            Box window = made.window();
            String what = source + " to " + width + "x" + height + " " + fit + ": " + made;
            assertThat(window.left() + window.width())
                    .as(what)
                    .isLessThanOrEqualTo(made.scaled().width());
            assertThat(window.top() + window.height())
                    .as(what)
                    .isLessThanOrEqualTo(made.scaled().height());
            assertThat(made.left()).as(what).isBetween(0, made.canvas().width() - window.width());
            assertThat(made.top()).as(what).isBetween(0, made.canvas().height() - window.height());
            boolean exact = fit == Fit.CROP || fit == Fit.FILL || fit == Fit.FILLMAX || fit == Fit.SCALE;
            if (exact) {
                assertThat(made.canvas()).as(what).isEqualTo(new PixelSize(width, height));
            } else {
                assertThat(made.canvas().width()).as(what).isLessThanOrEqualTo(width);
                assertThat(made.canvas().height()).as(what).isLessThanOrEqualTo(height);
            }
            if (fit == Fit.MAX || fit == Fit.MIN || fit == Fit.FILLMAX) {
                assertThat(made.scaled().width()).as(what).isLessThanOrEqualTo(source.width());
                assertThat(made.scaled().height()).as(what).isLessThanOrEqualTo(source.height());
            }
        }
    }
}
