package dev.halftone.adapters.imaging.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTest {

    /// An upright 3x2 picture `abc/def`, as a camera would store it under each orientation.
    @ParameterizedTest
    @CsvSource({
        "1, 3, abcdef", "2, 3, cbafed", "3, 3, fedcba", "4, 3, defabc",
        "5, 2, adbecf", "6, 2, cfbead", "7, 2, fcebda", "8, 2, daebfc"
    })
    void turnsEachOrientationUpright(int orientation, int width, String stored) {
        byte[] samples = stored.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int[] argb = stored.chars().map(c -> 0xff000000 | c).toArray();
        int height = 6 / width;
        Picture grey = Turn.upright(new Picture.Grey(width, height, samples), orientation);
        Picture colour = Turn.upright(new Picture.Colour(width, height, argb, true), orientation);
        assertThat(grey.width()).isEqualTo(3);
        assertThat(((Picture.Grey) grey).samples()).asString().isEqualTo("abcdef");
        assertThat(((Picture.Colour) colour).argb())
                .containsExactly("abcdef".chars().map(c -> 0xff000000 | c).toArray());
    }
}
