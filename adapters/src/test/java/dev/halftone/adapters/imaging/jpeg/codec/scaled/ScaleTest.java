package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void isTheSmallestThatStillHoldsBothSides() {
        assertThat(Scale.holding(4000, 3000, 500, 375)).isEqualTo(Scale.EIGHTH);
        assertThat(Scale.holding(4000, 3000, 501, 375)).isEqualTo(Scale.QUARTER);
        assertThat(Scale.holding(4000, 3000, 500, 376)).isEqualTo(Scale.QUARTER);
        assertThat(Scale.holding(4000, 3000, 1001, 751)).isEqualTo(Scale.HALF);
        assertThat(Scale.holding(4000, 3000, 2001, 1500)).isEqualTo(Scale.FULL);
        assertThat(Scale.holding(4000, 3000, 4000, 3000)).isEqualTo(Scale.FULL);
    }

    @Test
    void isFullWhereNothingIsToBeShrunk() {
        assertThat(Scale.holding(1, 1, 1, 1)).isEqualTo(Scale.FULL);
        assertThat(Scale.holding(1, 800, 1, 100)).isEqualTo(Scale.EIGHTH);
    }

    @Test
    void roundsUp() {
        assertThat(Scale.EIGHTH.of(17)).isEqualTo(3);
        assertThat(Scale.HALF.of(17)).isEqualTo(9);
        assertThat(Scale.FULL.of(65_535)).isEqualTo(65_535);
    }
}
