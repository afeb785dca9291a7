package dev.halftone.domain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelSizeTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void shrinksToTheTighterBound() {
        assertThat(new PixelSize(3000, 2000).within(OptionalInt.of(300), NONE)).isEqualTo(new PixelSize(300, 200));
        assertThat(new PixelSize(3000, 2000).within(OptionalInt.of(300), OptionalInt.of(100)))
                .isEqualTo(new PixelSize(150, 100));
    }

    @Test
    void neverEnlargesAndNeverVanishes() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            PixelSize size = new PixelSize(1 + random.nextInt(5000), 1 + random.nextInt(5000));
            int maxWidth = 1 + random.nextInt(6000);
            int maxHeight = 1 + random.nextInt(6000);

            PixelSize within = size.within(OptionalInt.of(maxWidth), OptionalInt.of(maxHeight));

            assertThat(within.width()).isBetween(1, Math.min(maxWidth, size.width()));
            assertThat(within.height()).isBetween(1, Math.min(maxHeight, size.height()));
        }
    }

    @Test
    void hasAtLeastOnePixel() {
        assertThatThrownBy(() -> new PixelSize(0, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
