package dev.halftone.domain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.text.RecognisedText.Line;
import dev.halftone.domain.text.RecognisedText.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecognisedTextTest {
    private static Line line(int paragraph, int top, String... words) {
        return new Line(
                paragraph,
                new Box(10, top, 80, 9),
                java.util.Arrays.stream(words)
                        .map(word -> new Word(word, new Box(11, top, 7, 9), word.length() / 10.0))
                        .toList());
    }

    @Test
    void separatesParagraphsByAnEmptyLine() {
        RecognisedText text =
                new RecognisedText(List.of(line(1, 0, "one", "two"), line(1, 10, "three"), line(2, 30, "four")));

        assertThat(text.text()).isEqualTo("one two\nthree\n\nfour");
        assertThat(text.confidence().orElseThrow()).isEqualTo(0.375, within(1e-9));
        assertThat(text.lines().getFirst().confidence()).isEqualTo(0.3, within(1e-9));
    }

    @Test
    void hasNoConfidenceInNothing() {
        assertThat(new RecognisedText(List.of()).text()).isEmpty();
        assertThat(new RecognisedText(List.of()).confidence()).isEmpty();
    }

    @Test
    void movesItsBoxesToThePictureAsItIsShown() {
        RecognisedText moved =
                new RecognisedText(List.of(line(1, 5, "one"))).on(new PixelSize(100, 50), new PixelSize(250, 100));

        assertThat(moved.lines().getFirst().box()).isEqualTo(new Box(25, 10, 200, 18));
        assertThat(moved.lines().getFirst().words().getFirst().box()).isEqualTo(new Box(27, 10, 18, 18));
    }
}
