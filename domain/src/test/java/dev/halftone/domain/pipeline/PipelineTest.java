package dev.halftone.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
    private static final PixelSize SOURCE = new PixelSize(400, 200);

    private static PixelSize largest(Operation... operations) {
        return new Pipeline(List.of(operations), Compression.DEFAULT).largest(SOURCE);
    }

    @Test
    void knowsTheLargestPictureOnTheWay() {
        Operation enlarge =
                new Operation.Resize(OptionalInt.of(4000), OptionalInt.empty(), Fit.CLIP, Gravity.CENTER, Rgba.WHITE);
        Operation cut = new Operation.CropTo(new PixelSize(10, 10), Gravity.CENTER);
        assertThat(largest(cut)).isEqualTo(SOURCE);
        assertThat(largest(enlarge, cut)).hasToString("4000x2000");
        assertThat(largest(cut, enlarge)).hasToString("4000x4000");
        assertThat(largest(new Operation.Pad(1, 2, 3, 4, Rgba.WHITE))).hasToString("406x204");
        assertThat(largest(new Operation.Rotate(90, Rgba.WHITE))).isEqualTo(SOURCE);
        assertThat(Pipeline.turned(SOURCE, 90)).hasToString("200x400");
        assertThat(Pipeline.turned(SOURCE, 45)).hasToString("425x425");
    }

    @Test
    void refusesWhatIsOutOfBoundsAndSaysTheBounds() {
        assertThatThrownBy(() -> new Operation.Blur(0.1)).hasMessage("sigma is from 0.3 to 100, not 0.1");
        assertThatThrownBy(() -> new Operation.Trim(256)).hasMessage("tolerance is from 0 to 255, not 256");
        assertThatThrownBy(() -> new Operation.Resize(
                        OptionalInt.empty(), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, Rgba.WHITE))
                .hasMessage("a width or a height is expected");
        assertThatThrownBy(() -> new Operation.TextMark("a\u0007b", Operation.Placement.DEFAULT, 0.1, Rgba.WHITE, true))
                .hasMessage("text has no control characters");
        assertThatThrownBy(() -> new Pipeline(Collections.nCopies(33, new Operation.Grayscale()), Compression.DEFAULT))
                .hasMessage("a pipeline has at most 32 operations, not 33");
    }

    @ParameterizedTest
    @CsvSource({
        "fff, ffffff",
        "#1a2b3c, 1a2b3c",
        "80ff0000, 80ff0000",
        "8f00, 88ff0000",
        "White, ffffff",
        "transparent, 00ffffff"
    })
    void readsColours(String written, String canonical) {
        assertThat(Rgba.ofWire(written)).map(Rgba::wire).hasValue(canonical);
    }

    @ParameterizedTest
    @CsvSource({"''", "ff", "fffff", "ggg", "#", "fffffff", "123456789"})
    void refusesWhatIsNoColour(String written) {
        assertThat(Rgba.ofWire(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "center, center",
        "NorthWest, top-left",
        "'right,bottom', bottom-right",
        "south, bottom",
        "left-top, top-left"
    })
    void readsGravities(String written, String canonical) {
        assertThat(Gravity.ofWire(written)).map(Gravity::wire).hasValue(canonical);
    }

    @Test
    void enlargingChangesTheFit() {
        assertThat(Fit.CROP.enlarging(false)).contains(Fit.MIN);
        assertThat(Fit.MAX.enlarging(true)).contains(Fit.CLIP);
        assertThat(Fit.FILL.enlarging(false)).contains(Fit.FILLMAX);
        assertThat(Fit.SCALE.enlarging(false)).isEmpty();
        assertThat(Fit.ofWire("cover")).contains(Fit.CROP);
        assertThat(Fit.ofWire("pad")).contains(Fit.FILL);
        assertThat(Fit.ofWire("facearea")).isEmpty();
    }

    @Test
    void everySizeOnTheWayIsChecked() {
        ImageLimits limits = ImageLimits.DEFAULT.withMaxPixels(10_000);
        PixelSize source = new PixelSize(50, 50);
        Operation wide = new Operation.Pad(0, 300, 0, 0, Rgba.WHITE);
        Operation narrow = new Operation.Crop(new Box(0, 0, 5, 5));
        Pipeline passing = new Pipeline(List.of(narrow, wide), Compression.DEFAULT);
        Pipeline tooWide = new Pipeline(List.of(wide, narrow), Compression.DEFAULT);
        Pipeline turning =
                new Pipeline(Collections.nCopies(32, new Operation.Rotate(45, Rgba.WHITE)), Compression.DEFAULT);

        passing.check(source, limits);
        assertThatThrownBy(() -> tooWide.check(source, limits)).hasMessageStartingWith("too_many_pixels");
        assertThatThrownBy(() -> turning.check(source, limits)).hasMessageStartingWith("too_many_pixels");
    }

    @Test
    void aBoxFarOutsideHoldsNothing() {
        PixelSize size = new PixelSize(50, 50);

        assertThat(new Box(10, 10, Integer.MAX_VALUE, Integer.MAX_VALUE).within(size))
                .contains(new Box(10, 10, 40, 40));
        assertThat(new Box(50, 0, 10, 10).within(size)).isEmpty();
    }
}
