package dev.halftone.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.PixelSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacingTest {
    private static final PixelSize PICTURE = new PixelSize(100, 60);

    private static Placing placing(String gravity, int margin, int width, int height, boolean tiled) {
        return Placing.of(
                PICTURE,
                new PixelSize(width, height),
                new Operation.Placement(Gravity.ofWire(gravity).orElseThrow(), 1, margin, tiled));
    }

    @ParameterizedTest
    @CsvSource({
        "top-left,     5,  20, 10,  5,  5",
        "bottom-right, 5,  20, 10, 75, 45",
        "center,       5,  20, 10, 40, 25",
        "top,          0,  21, 10, 39,  0",
        "right,        0, 100, 60,  0,  0",
        "center,      50,  20, 10, 40, 25",
        "top-left,     5, 120, 80,  0,  0",
        "bottom-right, 5, 120, 80,-20,-20",
        "center,       5, 120, 80,-10,-10",
    })
    void aMarkLiesWithinItsMarginsWhereThereIsRoom(
            String gravity, int margin, int width, int height, int left, int top) {
        assertThat(placing(gravity, margin, width, height, false)).isEqualTo(new Placing(List.of(left), List.of(top)));
    }

    @Test
    void tilesCoverThePictureAndOneLiesWhereTheOnlyOneWould() {
        Placing made = placing("center", 5, 20, 10, true);

        assertThat(made.lefts()).containsExactly(-10, 15, 40, 65, 90);
        assertThat(made.tops()).containsExactly(-5, 10, 25, 40, 55);
        assertThat(placing("top-left", 0, 1, 1, true).lefts()).hasSize(100).contains(0, 99);
        assertThat(placing("bottom-right", 0, 120, 80, true).lefts()).containsExactly(-20);
    }

    @ParameterizedTest
    @CsvSource({
        "40, 20, 0.5, 50x25",
        "40, 20, 1,   100x50",
        "10, 10, 1,   40x40",
        "10, 60, 0.5, 10x60",
        "500, 2, 0.1, 10x1",
        "2, 500, 0.9, 1x60",
    })
    void aMarkKeepsItsShapeAndIsNeverTooLarge(int width, int height, double scale, String size) {
        assertThat(Placing.sizeOf(new PixelSize(width, height), PICTURE, scale)).hasToString(size);
    }
}
