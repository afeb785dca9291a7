package dev.halftone.adapters.imaging;

import static dev.halftone.adapters.imaging.ImageOperationsContract.BLUE;
import static dev.halftone.adapters.imaging.ImageOperationsContract.CLEAR;
import static dev.halftone.adapters.imaging.ImageOperationsContract.GREY;
import static dev.halftone.adapters.imaging.ImageOperationsContract.RED;
import static dev.halftone.adapters.imaging.ImageOperationsContract.TO_PNG;
import static dev.halftone.adapters.imaging.ImageOperationsContract.fill;
import static dev.halftone.adapters.imaging.ImageOperationsContract.plain;
import static dev.halftone.adapters.imaging.ImageOperationsContract.png;
import static dev.halftone.adapters.imaging.ImageOperationsContract.quarters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Operation.Placement;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every engine has to do with text and pictures that are laid on a picture.
public abstract class WatermarksContract {
    private static final int BASE = 0xff406080;

    protected abstract ImageEngine engine();

    private Seen run(BufferedImage image, Map<String, SourceImage> marks, Operation... operations) {
        return Seen.of(engine().run(png(image), new Pipeline(List.of(operations), TO_PNG), marks, ImageLimits.DEFAULT));
    }

    private static Placement at(String gravity, double opacity, int margin, boolean tiled) {
        return new Placement(Gravity.ofWire(gravity).orElseThrow(), opacity, margin, tiled);
    }

    private static Operation text(String text, Placement placement, double scale) {
        return new Operation.TextMark(text, placement, scale, Rgba.WHITE, false);
    }

    private Seen written(String text, Placement placement, double scale) {
        return run(plain(400, 200, BASE), Map.of(), text(text, placement, scale));
    }

    private static boolean differs(int argb) {
        return Math.abs((argb & 255) - (BASE & 255)) > 24 || Math.abs((argb >> 16 & 255) - (BASE >> 16 & 255)) > 24;
    }

    /// Left, top, right and bottom of what differs from the ground; the last two are past the end.
    private static int[] ink(Seen seen) {
        int[] box = {seen.width(), seen.height(), 0, 0};
        for (int y = 0; y < seen.height(); y++) {
            for (int x = 0; x < seen.width(); x++) {
                if (differs(seen.at(x, y))) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.min(box[1], y);
                    box[2] = Math.max(box[2], x + 1);
                    box[3] = Math.max(box[3], y + 1);
                }
            }
        }
        assertThat(box[2]).as("something is written").isPositive();
        return box;
    }

    // --- text

    @Test
    void textStandsWhereItsGravityAndMarginSay() {
        int[] lowerRight = ink(written("Halftone", at("bottom-right", 1, 20, false), 0.1));
        assertThat(lowerRight[2]).isBetween(370, 380);
        assertThat(lowerRight[3]).isBetween(165, 181);
        assertThat(lowerRight[0]).isGreaterThan(200);
        int[] upperLeft = ink(written("Halftone", at("top-left", 1, 5, false), 0.1));
        assertThat(upperLeft[0]).isBetween(4, 12);
        assertThat(upperLeft[1]).isBetween(4, 16);
        int[] centre = ink(written("Halftone", at("center", 1, 5, false), 0.1));
        assertThat((centre[0] + centre[2]) / 2).isBetween(195, 205);
        assertThat((centre[1] + centre[3]) / 2).isBetween(92, 108);
    }

    @Test
    void aLineIsAsHighAsItsScaleSays() {
        int[] small = ink(written("Xg", at("center", 1, 0, false), 0.1));
        int[] large = ink(written("Xg", at("center", 1, 0, false), 0.4));
        assertThat(small[3] - small[1]).isBetween(12, 21);
        assertThat(large[3] - large[1]).isBetween(48, 81);
    }

    @Test
    void textIsOfItsColourAndOpacity() {
        Placement whole = at("center", 1, 0, false);
        Seen red = run(
                plain(200, 100, BASE),
                Map.of(),
                new Operation.TextMark("III", whole, 0.8, new Rgba(0xffff0000), false));
        assertThat(red.count(argb -> argb == 0xffff0000)).isGreaterThan(100);
        Seen half = written("III", at("center", 0.5, 0, false), 0.5);
        int mixed = 0xff9fafbf;
        assertThat(half.count(argb -> Math.abs((argb & 255) - (mixed & 255)) < 4))
                .isGreaterThan(100);
        assertThat(half.count(argb -> (argb & 255) > 200)).isZero();
        assertThat(written("III", at("center", 0, 0, false), 0.5).count(argb -> argb != BASE))
                .isZero();
        Seen faint = run(
                plain(200, 100, BASE),
                Map.of(),
                new Operation.TextMark("III", whole, 0.8, new Rgba(0x80ffffff), false));
        assertThat(faint.count(argb -> (argb & 255) > 200)).isZero();
        assertThat(faint.count(argb -> Math.abs((argb & 255) - (mixed & 255)) < 4))
                .isGreaterThan(100);
    }

    @Test
    void aShadowMakesWhiteOnWhiteLegible() {
        Operation bare = new Operation.TextMark("Halftone", at("center", 1, 0, false), 0.3, Rgba.WHITE, false);
        Operation shadowed = new Operation.TextMark("Halftone", at("center", 1, 0, false), 0.3, Rgba.WHITE, true);
        assertThat(run(plain(300, 100, 0xffffffff), Map.of(), bare).count(argb -> (argb & 255) < 240))
                .isZero();
        assertThat(run(plain(300, 100, 0xffffffff), Map.of(), shadowed).count(argb -> (argb & 255) < 160))
                .isGreaterThan(200);
        Operation black = new Operation.TextMark("Halftone", at("center", 1, 0, false), 0.3, Rgba.BLACK, true);
        assertThat(run(plain(300, 100, 0xff000000), Map.of(), black).count(argb -> (argb & 255) > 90))
                .isGreaterThan(200);
    }

    @Test
    void longTextIsWrappedWithinTheMargins() {
        int[] one = ink(written("Halftone", at("center", 1, 30, false), 0.1));
        int[] many = ink(written(
                "Halftone turns a list of product images into compressed, hosted images",
                at("center", 1, 30, false),
                0.1));
        assertThat(many[0]).isGreaterThanOrEqualTo(29);
        assertThat(many[2]).isLessThanOrEqualTo(371);
        assertThat(many[3] - many[1]).isGreaterThan(2 * (one[3] - one[1]));
        int[] newline = ink(written("Half\ntone", at("center", 1, 0, false), 0.1));
        assertThat(newline[3] - newline[1]).isBetween(30, 42);
    }

    @Test
    void textThatIsTooLongForItsSizeIsMadeSmaller() {
        Seen seen = written("word ".repeat(40).strip(), at("center", 1, 10, false), 0.5);
        int[] ink = ink(seen);
        assertThat(ink[1]).isGreaterThanOrEqualTo(9);
        assertThat(ink[3]).isLessThanOrEqualTo(191);
        assertThat(seen.made().notes()).anyMatch(note -> note.startsWith("watermark"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zażółć", "Ελληνικά", "Кириллица", "«“„–—…”»", "€ © ® ™ ½ ×", "n\u0303o\u0308"})
    void textOfManyScriptsIsWritten(String text) {
        Seen seen = written(text, at("center", 1, 0, false), 0.2);
        ink(seen);
        assertThat(seen.made().notes()).noneMatch(note -> note.startsWith("watermark"));
    }

    @Test
    void tiledTextCoversThePicture() {
        Seen seen = written("tile", at("center", 1, 20, true), 0.1);
        for (int x = 0; x < 400; x += 100) {
            for (int y = 0; y < 200; y += 100) {
                assertThat(seen.count(x, y, x + 100, y + 100, WatermarksContract::differs))
                        .isGreaterThan(40);
            }
        }
    }

    // --- pictures

    private static Map<String, SourceImage> mark(BufferedImage image) {
        return Map.of("logo", png(image));
    }

    @ParameterizedTest
    @CsvSource({"top-left, 10, 10", "bottom-right, 90, 70", "center, 50, 40", "top, 50, 10"})
    void aPictureLiesWhereItsGravityAndMarginSay(String gravity, int left, int top) {
        Seen seen = run(
                plain(200, 140, BASE),
                mark(quarters(50, 30)),
                new Operation.PictureMark("logo", at(gravity, 1, 10, false), 0.5));
        seen.shows(left, top, RED, 3).shows(left + 99, top + 59, ImageOperationsContract.YELLOW, 3);
        assertThat(seen.count(WatermarksContract::differs)).isEqualTo(100 * 60);
    }

    @Test
    void aPictureIsAsWideAsItsScaleSaysButNeverEnlargedBeyondFourTimes() {
        Operation tenth = new Operation.PictureMark("logo", at("center", 1, 0, false), 0.1);
        Operation whole = new Operation.PictureMark("logo", at("center", 1, 0, false), 1);
        assertThat(run(plain(200, 140, BASE), mark(plain(100, 50, RED)), tenth).count(WatermarksContract::differs))
                .isEqualTo(20 * 10);
        assertThat(run(plain(200, 140, BASE), mark(plain(10, 5, RED)), whole).count(WatermarksContract::differs))
                .isEqualTo(40 * 20);
        assertThat(run(plain(200, 140, BASE), mark(plain(10, 100, RED)), whole).count(WatermarksContract::differs))
                .isEqualTo(14 * 140);
    }

    @Test
    void opacityAndAlphaMultiply() {
        BufferedImage logo = plain(40, 20, CLEAR);
        fill(logo, 0, 0, 20, 20, 0xffffffff);
        Operation half = new Operation.PictureMark("logo", at("top-left", 0.5, 0, false), 0.2);
        Seen seen = run(plain(200, 140, GREY), mark(logo), half);
        seen.shows(10, 10, 0xffc0c0c0).shows(30, 10, GREY).shows(100, 100, GREY);
        Seen onClear = run(plain(200, 140, CLEAR), mark(logo), half);
        onClear.shows(10, 10, 0x80ffffff).shows(100, 100, CLEAR);
    }

    @Test
    void noFringeShowsAroundAPicture() {
        BufferedImage logo = plain(90, 90, 0x00000000);
        fill(logo, 30, 30, 60, 60, 0xffffffff);
        Operation whole = new Operation.PictureMark("logo", at("center", 1, 0, false), 0.25);
        Seen seen = run(plain(200, 200, 0xffffffff), mark(logo), whole);
        assertThat(seen.count(argb -> (argb & 255) < 250)).isZero();
    }

    @Test
    void tiledPicturesLieAMarginApart() {
        Operation tiled = new Operation.PictureMark("logo", at("top-left", 1, 10, true), 0.1);
        Seen seen = run(plain(200, 100, BASE), mark(plain(20, 20, BLUE)), tiled);
        seen.shows(10, 10, BLUE)
                .shows(29, 29, BLUE)
                .shows(35, 10, BASE)
                .shows(40, 10, BLUE)
                .shows(45, 45, BLUE);
        seen.shows(45, 35, BASE).shows(190, 15, BLUE).shows(5, 5, BASE);
    }

    @Test
    void aPictureIsReadUprightAndWithinTheLimits() {
        byte[] turned = TestPictures.withExif(TestImages.jpeg(quarters(160, 80), 0.95f), 6);
        Operation mark = new Operation.PictureMark("logo", at("top-left", 1, 0, false), 0.2);
        Map<String, SourceImage> marks =
                Map.of("logo", new SourceImage(dev.halftone.domain.image.ImageFormat.JPEG, turned));
        run(plain(200, 140, BASE), marks, mark).shows(10, 10, BLUE, 8).shows(30, 10, RED, 8);
        assertThatThrownBy(() -> engine().run(
                                png(plain(20, 20, BASE)),
                                new Pipeline(List.of(mark), TO_PNG),
                                marks,
                                ImageLimits.DEFAULT.withMaxPixels(1000)))
                .hasMessageStartingWith("too_many_pixels");
    }
}
