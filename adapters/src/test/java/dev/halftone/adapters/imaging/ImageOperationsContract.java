package dev.halftone.adapters.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every engine that runs operations has to do with the pixels, looked at in PNGs it makes. Watermarks are in
/// [WatermarksContract].
public abstract class ImageOperationsContract {
    static final int RED = 0xffdc1e1e;
    static final int GREEN = 0xff1ec81e;
    static final int BLUE = 0xff1e1edc;
    static final int YELLOW = 0xffe6dc28;
    static final int GREY = 0xff808080;
    static final int CLEAR = 0x00ffffff;
    static final Rgba MAGENTA = new Rgba(0xffff00ff);

    static final Compression TO_PNG =
            Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());

    protected abstract ImageEngine engine();

    // --- sources

    /// Red, green, blue and yellow quarters.
    static BufferedImage quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(image, 0, 0, width / 2, height / 2, RED);
        fill(image, width / 2, 0, width, height / 2, GREEN);
        fill(image, 0, height / 2, width / 2, height, BLUE);
        fill(image, width / 2, height / 2, width, height, YELLOW);
        return image;
    }

    static BufferedImage plain(int width, int height, int argb) {
        BufferedImage image = new BufferedImage(
                width, height, argb >>> 24 == 255 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        fill(image, 0, 0, width, height, argb);
        return image;
    }

    static void fill(BufferedImage image, int left, int top, int right, int bottom, int argb) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                image.setRGB(x, y, argb);
            }
        }
    }

    /// Left half opaque red, right half clear (and black beneath).
    static BufferedImage halfClear(int width, int height) {
        BufferedImage image = plain(width, height, 0x00000000);
        fill(image, 0, 0, width / 2, height, 0xffff0000);
        return image;
    }

    static BufferedImage ramp(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (255 * x / (width - 1)) << 16 | (255 * y / (height - 1)) << 8 | 128);
            }
        }
        return image;
    }

    static SourceImage png(BufferedImage image) {
        return new SourceImage(ImageFormat.PNG, TestImages.written(image, "png"));
    }

    static SourceImage source(BufferedImage image, ImageFormat format) {
        return new SourceImage(
                format,
                format == ImageFormat.JPEG ? TestImages.jpeg(image, 0.95f) : TestImages.written(image, format.wire()));
    }

    // --- runs

    Seen run(SourceImage source, Map<String, SourceImage> marks, Compression output, Operation... operations) {
        return Seen.of(engine().run(source, new Pipeline(List.of(operations), output), marks, ImageLimits.DEFAULT));
    }

    Seen run(BufferedImage image, Operation... operations) {
        return run(png(image), Map.of(), TO_PNG, operations);
    }

    static Operation.Resize resize(int width, int height, Fit fit, Gravity gravity) {
        return new Operation.Resize(OptionalInt.of(width), OptionalInt.of(height), fit, gravity, MAGENTA);
    }

    static Operation.Resize resize(int width, int height, Fit fit) {
        return resize(width, height, fit, Gravity.CENTER);
    }

    // --- resize

    @ParameterizedTest
    @CsvSource({
        "300, 200, 100, 100, max,     100x67",
        "300, 200, 100, 100, clip,    100x67",
        "300, 200, 100, 100, crop,    100x100",
        "300, 200, 100, 100, min,     100x100",
        "300, 200, 100, 100, fill,    100x100",
        "300, 200, 100, 100, fillmax, 100x100",
        "300, 200, 100, 100, scale,   100x100",
        "80,  60,  100, 100, max,     80x60",
        "80,  60,  100, 100, clip,    100x75",
        "80,  60,  100, 100, crop,    100x100",
        "80,  60,  100, 100, min,     60x60",
        "80,  60,  100, 100, fill,    100x100",
        "80,  60,  100, 100, fillmax, 100x100",
        "80,  60,  100, 100, scale,   100x100",
    })
    void everyFitHasItsSize(int width, int height, int wantedWidth, int wantedHeight, String fit, String size) {
        run(
                        quarters(width, height),
                        resize(wantedWidth, wantedHeight, Fit.ofWire(fit).orElseThrow()))
                .sized(size);
    }

    @Test
    void cropCutsEvenlyAndScaleStretches() {
        Seen cropped = run(quarters(300, 200), resize(100, 100, Fit.CROP));
        cropped.shows(5, 5, RED).shows(94, 5, GREEN).shows(5, 94, BLUE).shows(94, 94, YELLOW);
        cropped.shows(46, 46, RED, 6).shows(54, 54, YELLOW, 6);
        Seen stretched = run(quarters(300, 200), resize(50, 180, Fit.SCALE));
        stretched.sized("50x180").shows(21, 85, RED, 6).shows(28, 85, GREEN, 6).shows(21, 95, BLUE, 6);
    }

    @Test
    void gravityChoosesWhatACropKeeps() {
        SourceImage wide = png(quarters(300, 100));
        Operation left = resize(100, 100, Fit.CROP, new Gravity(0, 0.5));
        Operation right = resize(100, 100, Fit.CROP, new Gravity(1, 0.5));
        run(wide, Map.of(), TO_PNG, left).shows(5, 5, RED).shows(95, 5, RED).shows(95, 95, BLUE);
        run(wide, Map.of(), TO_PNG, right)
                .shows(5, 5, GREEN)
                .shows(95, 5, GREEN)
                .shows(5, 95, YELLOW);
        run(wide, Map.of(), TO_PNG, resize(100, 100, Fit.CROP, new Gravity(0.45, 0)))
                .shows(40, 20, RED, 6)
                .shows(60, 20, RED, 6)
                .shows(70, 20, GREEN, 6);
        run(quarters(100, 300), resize(100, 100, Fit.CROP, new Gravity(0, 1)))
                .shows(5, 5, BLUE)
                .shows(95, 95, YELLOW);
    }

    @Test
    void fillPadsWithItsBackgroundWhereGravitySays() {
        Seen centred = run(quarters(300, 200), resize(100, 100, Fit.FILL));
        centred.shows(50, 15, MAGENTA.argb()).shows(50, 83, MAGENTA.argb());
        centred.shows(10, 17, RED, 6).shows(10, 81, BLUE, 6);
        Seen down = run(quarters(300, 200), resize(100, 100, Fit.FILL, new Gravity(0.5, 1)));
        down.shows(50, 32, MAGENTA.argb()).shows(10, 34, RED, 6).shows(10, 99, BLUE, 6);
        Seen small = run(quarters(80, 60), resize(100, 100, Fit.FILLMAX, new Gravity(0, 0)));
        small.shows(0, 0, RED)
                .shows(79, 59, YELLOW)
                .shows(80, 59, MAGENTA.argb())
                .shows(79, 60, MAGENTA.argb());
        Rgba half = new Rgba(0x80102030);
        run(
                        quarters(80, 60),
                        new Operation.Resize(
                                OptionalInt.of(100), OptionalInt.of(100), Fit.FILLMAX, Gravity.CENTER, half))
                .shows(0, 0, half.argb());
    }

    @Test
    void oneSideIsEnough() {
        run(
                        quarters(300, 200),
                        new Operation.Resize(
                                OptionalInt.of(150), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, Rgba.WHITE))
                .sized("150x100")
                .shows(70, 45, RED, 6)
                .shows(80, 55, YELLOW, 6);
    }

    @ParameterizedTest
    @CsvSource({"100, 75", "211, 149", "37, 11", "1000, 700", "640, 60"})
    void aRampStaysARamp(int width, int height) {
        Seen seen = run(ramp(400, 300), resize(width, height, Fit.SCALE));
        double worst = 0;
        for (int y = height / 10; y < height - height / 10; y++) {
            for (int x = width / 10; x < width - width / 10; x++) {
                double red = 255 * ((x + 0.5) * 400 / width - 0.5) / 399;
                double green = 255 * ((y + 0.5) * 300 / height - 0.5) / 299;
                worst = Math.max(worst, Math.abs(seen.red(x, y) - red));
                worst = Math.max(worst, Math.abs((seen.at(x, y) >> 8 & 255) - green));
            }
        }
        assertThat(worst).isLessThan(3.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff3c78b4, 0x803c78b4, 0x10c81464})
    void onePlainColourStaysWhatItIs(int argb) {
        for (int[] size : new int[][] {{10, 7}, {33, 90}, {64, 48}, {150, 130}}) {
            Seen seen = run(plain(64, 48, argb), resize(size[0], size[1], Fit.SCALE));
            int tolerance = argb >>> 24 > 100 ? 1 : 9;
            for (int y = 0; y < size[1]; y += 3) {
                for (int x = 0; x < size[0]; x += 3) {
                    seen.shows(x, y, argb, tolerance);
                    assertThat(seen.alpha(x, y)).isEqualTo(argb >>> 24);
                }
            }
        }
    }

    /// What is beneath clear pixels must not be seen.
    @ParameterizedTest
    @CsvSource({"37, 31", "50, 50", "230, 210", "99, 20"})
    void noColourBleedsOutOfClearPixels(int width, int height) {
        Seen seen = run(halfClear(100, 100), resize(width, height, Fit.SCALE));
        assertThat(seen.count(argb -> argb >>> 24 > 8 && ((argb >> 16 & 255) < 235 || (argb & 255) > 20)))
                .isZero();
        assertThat(seen.alpha(0, 0)).isEqualTo(255);
        assertThat(seen.alpha(width - 1, 0)).isZero();
    }

    @Test
    void fineDetailIsAveragedAndNotPickedOut() {
        BufferedImage stripes = plain(400, 400, 0xff000000);
        for (int x = 0; x < 400; x += 2) {
            fill(stripes, x, 0, x + 1, 400, 0xffffffff);
        }
        Seen seen = run(stripes, resize(100, 100, Fit.SCALE));
        assertThat(seen.count(10, 10, 90, 90, argb -> Math.abs((argb & 255) - 128) > 12))
                .isZero();
    }

    // --- crops

    @Test
    void aBoxIsCutOutExactly() {
        run(quarters(120, 80), new Operation.Crop(new Box(50, 30, 30, 20)))
                .sized("30x20")
                .shows(9, 9, RED)
                .shows(10, 9, GREEN)
                .shows(9, 10, BLUE)
                .shows(10, 10, YELLOW)
                .shows(29, 19, YELLOW);
        run(quarters(120, 80), new Operation.Crop(new Box(100, 70, 300, 300)))
                .sized("20x10")
                .shows(0, 0, YELLOW);
    }

    @Test
    void aBoxOutsideThePictureLeavesItAsItIsAndSaysSo() {
        Seen seen = run(quarters(120, 80), new Operation.Crop(new Box(120, 0, 10, 10)));
        seen.sized("120x80").shows(0, 0, RED);
        assertThat(seen.made().notes()).anyMatch(note -> note.startsWith("crop"));
    }

    @Test
    void aSizeIsCutOutAroundItsGravity() {
        SourceImage source = png(quarters(120, 80));
        PixelSize size = new PixelSize(20, 10);
        run(source, Map.of(), TO_PNG, new Operation.CropTo(size, Gravity.CENTER))
                .sized("20x10")
                .shows(9, 4, RED)
                .shows(10, 5, YELLOW);
        run(source, Map.of(), TO_PNG, new Operation.CropTo(size, new Gravity(1, 0)))
                .sized("20x10")
                .shows(0, 9, GREEN);
        run(source, Map.of(), TO_PNG, new Operation.CropTo(new PixelSize(500, 10), new Gravity(0, 1)))
                .sized("120x10")
                .shows(0, 0, BLUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 150, 330})
    void theSmartCropKeepsWhatStandsOut(int left) {
        BufferedImage image = plain(400, 100, 0xffc8c8c8);
        for (int y = 30; y < 70; y++) {
            for (int x = left; x < left + 40; x++) {
                image.setRGB(x, y, (x / 5 + y / 5) % 2 == 0 ? 0xffd02010 : 0xff103090);
            }
        }
        Seen seen = run(image, new Operation.SmartCrop(new PixelSize(100, 100)));
        seen.sized("100x100");
        int detail = seen.count(argb -> Math.abs((argb >> 16 & 255) - (argb & 255)) > 40);
        assertThat(detail).isGreaterThan(1500);
        run(image.getSubimage(0, 0, 400, 100), new Operation.SmartCrop(new PixelSize(30, 300)))
                .sized("30x300");
    }

    @Test
    void theSmartCropOfAPlainPictureIsItsCentre() {
        BufferedImage image = plain(300, 100, GREY);
        fill(image, 149, 49, 151, 51, 0xff818181);
        run(image, new Operation.SmartCrop(new PixelSize(100, 100)))
                .shows(50, 50, 0xff818181, 0)
                .shows(40, 40, GREY, 0);
    }

    @Test
    void trimCutsOffWhatLooksLikeTheCorner() {
        BufferedImage image = plain(100, 80, 0xfff8f8f8);
        fill(image, 0, 40, 5, 80, 0xfff2f2f2);
        fill(image, 20, 10, 70, 60, RED);
        run(image, new Operation.Trim(10)).sized("50x50").shows(0, 0, RED).shows(49, 49, RED);
        run(image, new Operation.Trim(3)).sized("70x70");
        BufferedImage clear = plain(60, 60, CLEAR);
        fill(clear, 10, 20, 30, 50, BLUE);
        fill(clear, 0, 0, 4, 4, 0x00112233);
        run(clear, new Operation.Trim(0)).sized("20x30").shows(0, 0, BLUE);
        Seen plain = run(plain(30, 20, GREY), new Operation.Trim(5));
        plain.sized("30x20");
        assertThat(plain.made().notes()).anyMatch(note -> note.startsWith("trim"));
    }

    // --- turns

    @ParameterizedTest
    @CsvSource({"0, 40x20, 0", "90, 20x40, 1", "180, 40x20, 2", "270, 20x40, 3"})
    void quarterTurnsAreExactAndClockwise(double degrees, String size, int turns) {
        Seen seen =
                run(quarters(40, 20), new Operation.Rotate(degrees, MAGENTA)).sized(size);
        int[] clockwise = {RED, GREEN, YELLOW, BLUE};
        int right = seen.width() - 1;
        int bottom = seen.height() - 1;
        seen.shows(0, 0, clockwise[(4 - turns) % 4], 0)
                .shows(right, 0, clockwise[(5 - turns) % 4], 0)
                .shows(right, bottom, clockwise[(6 - turns) % 4], 0)
                .shows(0, bottom, clockwise[(7 - turns) % 4], 0);
        assertThat(seen.count(argb -> argb == MAGENTA.argb())).isZero();
    }

    @Test
    void anyOtherTurnGrowsTheCanvasAndFillsItsCorners() {
        Seen seen = run(quarters(200, 100), new Operation.Rotate(30, MAGENTA));
        PixelSize size = Pipeline.turned(new PixelSize(200, 100), 30);
        seen.sized(size.toString());
        seen.shows(0, 0, MAGENTA.argb()).shows(size.width() - 1, 0, MAGENTA.argb());
        seen.shows(0, size.height() - 1, MAGENTA.argb());
        int[][] quarters = {{-50, -25, RED}, {50, -25, GREEN}, {-50, 25, BLUE}, {50, 25, YELLOW}};
        double angle = Math.toRadians(30);
        for (int[] quarter : quarters) {
            double x = quarter[0] * Math.cos(angle) - quarter[1] * Math.sin(angle) + size.width() / 2.0;
            double y = quarter[0] * Math.sin(angle) + quarter[1] * Math.cos(angle) + size.height() / 2.0;
            seen.shows((int) x, (int) y, quarter[2], 3);
        }
        Seen clear = run(quarters(60, 60), new Operation.Rotate(45, Rgba.CLEAR));
        assertThat(clear.alpha(0, 0)).isZero();
        assertThat(clear.alpha(clear.width() / 2, clear.height() / 2)).isEqualTo(255);
        assertThat(clear.count(argb ->
                        argb >>> 24 > 8 && Math.max(argb & 255, Math.max(argb >> 16 & 255, argb >> 8 & 255)) < 100))
                .as("pixels darker than any of the picture's")
                .isZero();
    }

    @Test
    void aTurnKeepsThePicturesArea() {
        Seen seen = run(plain(120, 70, 0xffffffff), new Operation.Rotate(17, Rgba.BLACK));
        double area = 0;
        for (int y = 0; y < seen.height(); y++) {
            for (int x = 0; x < seen.width(); x++) {
                area += (seen.at(x, y) & 255) / 255.0;
            }
        }
        assertThat(area).isCloseTo(120 * 70, within(120 * 70 * 0.025));
    }

    @Test
    void flipsChangeSides() {
        BufferedImage image = quarters(40, 20);
        run(image, new Operation.Flip(true, false)).shows(0, 0, GREEN, 0).shows(0, 19, YELLOW, 0);
        run(image, new Operation.Flip(false, true)).shows(0, 0, BLUE, 0).shows(39, 19, GREEN, 0);
        run(image, new Operation.Flip(true, true)).shows(0, 0, YELLOW, 0).shows(39, 19, RED, 0);
    }

    @Test
    void padAddsEachEdgeItsOwn() {
        Seen seen =
                run(quarters(40, 20), new Operation.Pad(1, 2, 3, 4, MAGENTA)).sized("46x24");
        seen.shows(3, 5, MAGENTA.argb(), 0).shows(4, 0, MAGENTA.argb(), 0);
        seen.shows(4, 1, RED, 0).shows(43, 1, GREEN, 0).shows(4, 20, BLUE, 0).shows(43, 20, YELLOW, 0);
        seen.shows(44, 10, MAGENTA.argb(), 0).shows(10, 21, MAGENTA.argb(), 0);
        run(quarters(40, 20), new Operation.Pad(5, 0, 0, 0, new Rgba(0x40ff0000)))
                .shows(0, 0, 0x40ff0000)
                .shows(0, 5, RED, 0);
        run(plain(10, 10, CLEAR), new Operation.Pad(1, 1, 1, 1, MAGENTA))
                .shows(0, 0, MAGENTA.argb(), 0)
                .shows(5, 5, CLEAR);
    }

    // --- tones

    /// A step edge becomes the error function of its distance.
    @ParameterizedTest
    @ValueSource(doubles = {1, 2.5, 8, 20})
    void blurSpreadsAnEdgeBySigma(double sigma) {
        BufferedImage image = plain(240, 20, 0xff000000);
        fill(image, 120, 0, 240, 20, 0xffffffff);
        Seen seen = run(image, new Operation.Blur(sigma));
        int away = (int) Math.round(sigma);
        double expected = 255 * normal((away + 0.5) / sigma);
        assertThat((double) seen.red(120 + away, 10)).isCloseTo(expected, within(10.0));
        assertThat((double) seen.red(119 - away, 10)).isCloseTo(255 - expected, within(10.0));
        assertThat(seen.red(119, 10) + seen.red(120, 10)).isCloseTo(255, within(4));
        assertThat(seen.red(5, 10)).isZero();
        assertThat(seen.red(235, 3)).isEqualTo(255);
    }

    /// Of the standard normal distribution, by Abramowitz and Stegun 26.2.17.
    private static double normal(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 1 - Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * tail;
    }

    @Test
    void blurWorksDownwardsToo() {
        BufferedImage image = plain(20, 100, 0xff000000);
        fill(image, 0, 50, 20, 100, 0xffffffff);
        Seen seen = run(image, new Operation.Blur(4));
        assertThat((double) seen.red(10, 54)).isCloseTo(255 * normal(4.5 / 4), within(10.0));
        assertThat((double) seen.red(10, 45)).isCloseTo(255 - 255 * normal(4.5 / 4), within(10.0));
    }

    @Test
    void blurLeavesNoFringeAtClearEdges() {
        Seen seen = run(halfClear(80, 40), new Operation.Blur(3));
        assertThat(seen.alpha(40, 20)).isBetween(80, 135);
        assertThat(seen.count(argb -> argb >>> 24 > 8 && (argb >> 16 & 255) < 235))
                .isZero();
    }

    @Test
    void sharpenSteepensEdgesAndLeavesTheRest() {
        BufferedImage image = plain(60, 20, 0xff505050);
        fill(image, 30, 0, 60, 20, 0xffb0b0b0);
        Seen some = run(image, new Operation.Sharpen(1, 1));
        assertThat(some.red(30, 10)).isGreaterThan(0xb0 + 8);
        assertThat(some.red(29, 10)).isLessThan(0x50 - 8);
        some.shows(5, 10, 0xff505050).shows(55, 10, 0xffb0b0b0);
        Seen more = run(image, new Operation.Sharpen(1, 3));
        assertThat(more.red(30, 10)).isGreaterThan(some.red(30, 10) + 10);
        Seen wide = run(image, new Operation.Sharpen(4, 1));
        assertThat(wide.red(34, 10)).isGreaterThan(some.red(34, 10) + 3);
        assertThat(run(image, new Operation.Sharpen(1, 0)).distance(run(image, new Operation.Flip(false, false))))
                .isLessThan(0.6);
    }

    @Test
    void sharpenShiftsNoColours() {
        BufferedImage image = plain(60, 20, 0xff6e5a46);
        fill(image, 30, 0, 60, 20, 0xffa08c78);
        Seen seen = run(image, new Operation.Sharpen(1.5, 0.8));
        for (int x = 20; x < 40; x++) {
            int argb = seen.at(x, 10);
            assertThat((argb >> 16 & 255) - (argb >> 8 & 255)).isCloseTo(0x14, within(4));
            assertThat((argb >> 8 & 255) - (argb & 255)).isCloseTo(0x14, within(4));
        }
    }

    @Test
    void greyscaleKeepsLuma() {
        for (int argb : new int[] {RED, GREEN, BLUE, YELLOW, GREY, 0x80dc1e1e}) {
            int grey = (int) Math.round(Seen.luma(argb));
            run(plain(8, 8, argb), new Operation.Grayscale())
                    .shows(4, 4, argb & 0xff000000 | grey * 0x010101, argb >>> 24 == 255 ? 2 : 4);
        }
    }

    @Test
    void flattenLaysThePictureOnAColour() {
        BufferedImage image = plain(30, 10, 0x00000000);
        fill(image, 0, 0, 10, 10, RED);
        fill(image, 10, 0, 20, 10, 0x80ff0000);
        run(image, new Operation.Flatten(new Rgba(0xff0000ff)))
                .shows(5, 5, RED)
                .shows(15, 5, 0xff80007f)
                .shows(25, 5, 0xff0000ff);
        run(image, new Operation.Flatten(Rgba.CLEAR)).shows(25, 5, 0xffffffff).shows(15, 5, 0xffff7f7f);
    }

    @Test
    void aPlainBackgroundBecomesClear() {
        BufferedImage image = plain(80, 60, 0xfffafafa);
        fill(image, 0, 0, 80, 5, 0xfff4f4f4);
        fill(image, 20, 15, 60, 45, RED);
        fill(image, 35, 25, 45, 35, 0xfffafafa);
        Seen seen = run(image, new Operation.RemoveBackground(16)).sized("80x60");
        seen.shows(40, 20, RED).shows(0, 0, CLEAR).shows(10, 30, CLEAR).shows(79, 59, CLEAR);
        seen.shows(40, 30, 0xfffafafa);
        assertThat(run(image, new Operation.RemoveBackground(2)).alpha(5, 2)).isGreaterThan(200);
    }

    @Test
    void aRestlessBackgroundStaysAndIsSaid() {
        Seen seen = run(quarters(80, 60), new Operation.RemoveBackground(20));
        assertThat(seen.count(argb -> argb >>> 24 != 255)).isZero();
        assertThat(seen.made().notes()).anyMatch(note -> note.startsWith("removebackground"));
    }

    // --- the way through

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "webp"})
    void everySourceFormatIsRead(String format) {
        SourceImage source = source(quarters(320, 240), ImageFormat.valueOf(format.toUpperCase(java.util.Locale.ROOT)));
        run(
                        source,
                        Map.of(),
                        TO_PNG,
                        resize(80, 60, Fit.MAX),
                        new Operation.Rotate(90, Rgba.WHITE),
                        new Operation.Pad(10, 10, 10, 10, MAGENTA))
                .sized("80x100")
                .shows(5, 5, MAGENTA.argb())
                .shows(20, 20, BLUE, 8)
                .shows(60, 20, RED, 8)
                .shows(20, 80, YELLOW, 8)
                .shows(60, 80, GREEN, 8);
    }

    @Test
    void operationsGoInTheirOrder() {
        Operation pad = new Operation.Pad(0, 20, 0, 0, MAGENTA);
        Operation flip = new Operation.Flip(true, false);
        run(quarters(40, 20), pad, flip).shows(0, 0, MAGENTA.argb(), 0);
        run(quarters(40, 20), flip, pad).shows(0, 0, GREEN, 0).shows(59, 0, MAGENTA.argb(), 0);
    }

    @Test
    void operationsWorkOnTheUprightPicture() {
        byte[] turned = TestPictures.withExif(TestImages.jpeg(quarters(160, 80), 0.95f), 6);
        SourceImage source = new SourceImage(ImageFormat.JPEG, turned);
        run(source, Map.of(), TO_PNG, new Operation.Flip(false, false))
                .sized("80x160")
                .shows(10, 10, BLUE, 8)
                .shows(70, 10, RED, 8);
        run(source, Map.of(), TO_PNG, new Operation.Crop(new Box(0, 0, 30, 60)))
                .sized("30x60")
                .shows(10, 10, BLUE, 8);
        run(source, Map.of(), TO_PNG, resize(20, 40, Fit.SCALE))
                .shows(3, 3, BLUE, 8)
                .shows(16, 36, GREEN, 8);
    }

    @Test
    void theOutputsBoundsHoldAfterTheLastOperation() {
        Compression small = TO_PNG.withBounds(OptionalInt.of(50), OptionalInt.empty());
        run(png(quarters(100, 60)), Map.of(), small, new Operation.Pad(0, 100, 0, 0, MAGENTA))
                .sized("50x15")
                .shows(3, 3, RED, 6)
                .shows(40, 10, MAGENTA.argb());
    }

    @ParameterizedTest
    @CsvSource({"JPEG", "PNG", "WEBP"})
    void everyOutputFormatIsWritten(TargetFormat format) {
        EngineResult result = engine().run(
                        png(quarters(64, 48)),
                        new Pipeline(
                                List.of(new Operation.Flip(true, false)),
                                Compression.DEFAULT.withQuality(90).withFormat(format)),
                        Map.of(),
                        ImageLimits.DEFAULT);
        assertThat(((EngineResult.Encoded) result).image().format())
                .isEqualTo(format.over(ImageFormat.GIF))
                .isEqualTo(ImageFormat.sniff(
                                ((EngineResult.Encoded) result).image().bytes())
                        .orElseThrow());
        Seen.of(result).shows(10, 10, GREEN, 14).shows(50, 40, BLUE, 14);
    }

    @Test
    void aJpegIsLaidOnWhite() {
        run(
                        png(halfClear(64, 48)),
                        Map.of(),
                        Compression.DEFAULT.withQuality(90).withFormat(TargetFormat.JPEG),
                        new Operation.Flip(true, false))
                .shows(5, 20, 0xffffffff, 4)
                .shows(60, 20, 0xffff0000, 8);
    }

    @Test
    void whatIsNotWrittenComesOutAsPngOrJpeg() {
        SourceImage gif = source(quarters(64, 48), ImageFormat.GIF);
        Seen few = run(gif, Map.of(), Compression.DEFAULT, new Operation.Flip(true, false));
        assertThat(few.made().format()).isEqualTo(ImageFormat.PNG);
        assertThat(few.made().notes()).anyMatch(note -> note.startsWith("gif "));
        BufferedImage smooth = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = smooth.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.RED, 300, 200, Color.CYAN));
        graphics.fillRect(0, 0, 300, 200);
        graphics.dispose();
        Seen many = run(
                source(smooth, ImageFormat.BMP), Map.of(), Compression.DEFAULT, new Operation.Rotate(10, Rgba.BLACK));
        assertThat(many.made().format()).isEqualTo(ImageFormat.JPEG);
        assertThat(many.made().notes()).anyMatch(note -> note.startsWith("bmp "));
    }

    @Test
    void anAnimationGivesItsFirstFrame() {
        Seen seen = run(
                new SourceImage(ImageFormat.GIF, TestImages.animatedGif(3)),
                Map.of(),
                TO_PNG,
                new Operation.Rotate(90, Rgba.WHITE));
        seen.sized("16x24");
        assertThat(seen.made().notes()).anyMatch(note -> note.contains("first frame"));
    }

    @Test
    void sizesOnTheWayAreLimited() {
        ImageLimits limits = ImageLimits.DEFAULT.withMaxPixels(10_000);
        Operation pad = new Operation.Pad(0, 400, 0, 0, MAGENTA);
        assertThatThrownBy(() -> engine().run(
                                png(quarters(100, 60)),
                                new Pipeline(List.of(pad, new Operation.Crop(new Box(0, 0, 9, 9))), TO_PNG),
                                Map.of(),
                                limits))
                .hasMessageStartingWith("too_many_pixels");
        BufferedImage thin = plain(60, 60, 0xffffffff);
        fill(thin, 30, 0, 31, 60, RED);
        Operation widen =
                new Operation.Resize(OptionalInt.of(90), OptionalInt.empty(), Fit.CLIP, Gravity.CENTER, Rgba.WHITE);
        assertThatThrownBy(() -> engine().run(
                                png(thin),
                                new Pipeline(List.of(new Operation.Trim(5), widen), TO_PNG),
                                Map.of(),
                                limits))
                .hasMessageStartingWith("too_many_pixels");
    }
}
