package dev.halftone.adapters.imaging.steps.tone;

import static dev.halftone.adapters.imaging.steps.Pictures.DEADLINE;
import static dev.halftone.adapters.imaging.steps.Pictures.at;
import static dev.halftone.adapters.imaging.steps.Pictures.of;
import static dev.halftone.adapters.imaging.steps.Pictures.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundStepTest {
    private static final int WHITE = 0xfff8f8f8;
    private static final int RED = 0xffc02020;

    private final List<String> notes = new ArrayList<>();

    private Picture.Colour run(Picture.Colour picture, int tolerance) {
        return BackgroundStep.run(picture, new Operation.RemoveBackground(tolerance), notes::add, DEADLINE);
    }

    private static boolean inDisc(double x, double y) {
        return Math.hypot(x - 50, y - 40) < 25;
    }

    /// A red disc on white, its edge mixed as a camera mixes it.
    private static Picture.Colour disc() {
        return of(100, 80, (x, y) -> {
            int inside = 0;
            for (int i = 0; i < 16; i++) {
                inside += inDisc(x + i % 4 / 4.0, y + i / 4 / 4.0) ? 1 : 0;
            }
            return Argb.over(Argb.faded(RED, inside / 16.0), WHITE);
        });
    }

    @Test
    void theEdgeBecomesSoftAndLosesTheBackgroundsColour() {
        Picture.Colour made = run(disc(), 20);
        int soft = 0;
        for (int pixel : made.argb()) {
            int alpha = pixel >>> 24;
            if (alpha > 40) {
                assertThat(pixel >> 8 & 255).as("green of %08x", pixel).isLessThan(0x20 + 24);
            }
            soft += alpha > 20 && alpha < 235 ? 1 : 0;
        }
        assertThat(soft).isBetween(60, 260);
        assertThat(at(made, 50, 40)).isEqualTo(RED);
        assertThat(at(made, 3, 3) >>> 24).isZero();
        assertThat(notes).isEmpty();
    }

    /// Laid back on what it stood on it looks as it did.
    @Test
    void onItsOldBackgroundThePictureIsUnchanged() {
        Picture.Colour source = disc();
        Picture.Colour made = run(source, 20);
        for (int i = 0; i < source.argb().length; i++) {
            assertThat(Argb.difference(Argb.over(made.argb()[i], WHITE), source.argb()[i]))
                    .isLessThanOrEqualTo(20);
        }
    }

    @Test
    void theToleranceSaysHowFarAColourMayDiffer() {
        Picture.Colour two = of(100, 80, (x, y) -> inDisc(x, y) ? RED : y < 66 ? WHITE : 0xffe0e0e0);
        assertThat(at(run(two, 10), 5, 75) >>> 24).isEqualTo(255);
        assertThat(at(run(two, 30), 5, 75) >>> 24).isZero();
    }

    @Test
    void lightThatFallsOffGentlyIsFollowed() {
        Picture.Colour sweep =
                of(100, 80, (x, y) -> inDisc(x, y) ? RED : 0xff000000 | (0xf8 - Math.max(0, y - 69) * 2) * 0x010101);
        Picture.Colour made = run(sweep, 16);
        assertThat(at(made, 2, 79) >>> 24).isZero();
        assertThat(at(made, 50, 40)).isEqualTo(RED);
    }

    @Test
    void whatIsEnclosedStays() {
        Picture.Colour ring = of(100, 80, (x, y) -> inDisc(x, y) && Math.hypot(x - 50, y - 40) > 12 ? RED : WHITE);
        assertThat(at(run(ring, 20), 50, 40)).isEqualTo(WHITE);
    }

    @Test
    void aPatternIsNoStudio() {
        Picture.Colour stones =
                of(100, 80, (x, y) -> inDisc(x, y) ? RED : (x / 3 + y / 3) % 2 == 0 ? WHITE : 0xffe4e4e4);
        assertThat(run(stones, 24)).isSameAs(stones);
        assertThat(notes).singleElement().asString().contains("pattern");
    }

    @Test
    void aPictureThatWouldVanishStays() {
        Picture.Colour white = plain(60, 40, WHITE);
        assertThat(run(white, 10)).isSameAs(white);
        assertThat(notes).singleElement().asString().contains("nothing stands out");
    }

    @Test
    void aProductMayTouchTheBorder() {
        Picture.Colour cut = of(100, 80, (x, y) -> inDisc(x, y - 30) ? RED : WHITE);
        Picture.Colour made = run(cut, 20);
        assertThat(at(made, 50, 79)).isEqualTo(RED);
        assertThat(at(made, 2, 2) >>> 24).isZero();
        assertThat(notes).isEmpty();
    }

    @Test
    void whatIsClearAlreadyStaysSo() {
        Picture.Colour clear = of(100, 80, (x, y) -> inDisc(x, y) ? RED : 0x00123456);
        Picture.Colour made = run(clear, 20);
        assertThat(at(made, 2, 2) >>> 24).isZero();
        assertThat(at(made, 50, 40)).isEqualTo(RED);
    }
}
