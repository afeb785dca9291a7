package dev.halftone.adapters.imaging.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaAverageTest {
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1));

    @Test
    void averagesWhatAPixelCovers() {
        Picture.Grey from = new Picture.Grey(4, 2, new byte[] {10, 30, 100, 100, 20, 40, 100, 120});
        Picture.Grey to = (Picture.Grey) AreaAverage.shrink(from, 2, 1, deadline);
        assertThat(to.samples()).containsExactly(25, 105);
    }

    @Test
    void countsPartsOfPixels() {
        Picture.Grey from = new Picture.Grey(3, 1, new byte[] {0, 60, 120});
        Picture.Grey to = (Picture.Grey) AreaAverage.shrink(from, 2, 1, deadline);
        assertThat(to.samples()).containsExactly(20, 100);
    }

    @Test
    void aPlainPictureStaysPlain() {
        int[] argb = new int[97 * 61];
        Arrays.fill(argb, 0xff8040c0);
        Picture.Colour to =
                (Picture.Colour) AreaAverage.shrink(new Picture.Colour(97, 61, argb, true), 13, 9, deadline);
        assertThat(to.argb()).containsOnly(0xff8040c0);
    }

    @Test
    void clearPixelsLeaveNoFringe() {
        int[] argb = {0xff00ff00, 0x00ff0000};
        Picture.Colour to = (Picture.Colour) AreaAverage.shrink(new Picture.Colour(2, 1, argb, false), 1, 1, deadline);
        assertThat(to.argb()).containsExactly(0x8000ff00);
    }
}
