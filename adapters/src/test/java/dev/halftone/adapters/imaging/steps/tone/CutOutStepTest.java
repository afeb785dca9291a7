package dev.halftone.adapters.imaging.steps.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutOutStepTest {
    private final List<String> notes = new ArrayList<>();

    private Picture.Colour run(Picture.Colour picture, int width, int height, int... matte) {
        byte[] samples = new byte[matte.length];
        for (int i = 0; i < matte.length; i++) {
            samples[i] = (byte) matte[i];
        }
        return CutOutStep.run(
                picture, new Picture.Grey(width, height, samples), notes::add, Deadline.in(Duration.ofMinutes(1)));
    }

    private static Picture.Colour plain(int width, int height, int argb) {
        int[] all = new int[width * height];
        Arrays.fill(all, argb);
        return Picture.Colour.of(width, height, all);
    }

    private static int[] alphas(Picture.Colour picture) {
        return Arrays.stream(picture.argb()).map(pixel -> pixel >>> 24).toArray();
    }

    @Test
    void stretchesTheMatteOverThePicture() {
        Picture.Colour made = run(plain(8, 1, 0xff204060), 2, 1, 0, 255);

        // Centres of the matte's pixels lie at 2 and 6 of 8.
        assertThat(alphas(made)).containsExactly(0, 0, 32, 96, 159, 223, 255, 255);
        assertThat(made.argb()[7]).isEqualTo(0xff204060);
        assertThat(made.opaque()).isFalse();
        assertThat(notes).isEmpty();
    }

    @Test
    void stretchesDownwardsToo() {
        assertThat(alphas(run(plain(1, 4, 0xff204060), 1, 2, 255, 0))).containsExactly(255, 191, 64, 0);
    }

    @Test
    void keepsAPixelOfTheMatteForEachOfThePicture() {
        assertThat(alphas(run(plain(2, 2, 0xff000000), 2, 2, 1, 90, 200, 255))).containsExactly(1, 90, 200, 255);
    }

    @Test
    void makesWhatIsHalfClearClearerAndNeverLess() {
        assertThat(alphas(run(plain(2, 1, 0x80ff0000), 2, 1, 0, 255))).containsExactly(0, 0x80);
        assertThat(alphas(run(plain(2, 1, 0x80ff0000), 2, 1, 100, 200))).containsExactly(50, 100);
    }

    @Test
    void leavesNoColourBeneathWhatIsClear() {
        assertThat(run(plain(2, 1, 0xffff0000), 2, 1, 0, 255).argb()).containsExactly(0, 0xffff0000);
    }

    @Test
    void keepsAPictureOfWhichNothingWouldBeLeft() {
        Picture.Colour picture = plain(3, 3, 0xff123456);

        assertThat(run(picture, 2, 2, 0, 20, 127, 3)).isSameAs(picture);
        assertThat(notes).singleElement().asString().contains("nothing in the foreground");
    }

    @Test
    void saysThatThereIsNoBackground() {
        Picture.Colour picture = plain(3, 3, 0xff123456);

        assertThat(run(picture, 1, 1, 250)).isSameAs(picture);
        assertThat(notes).singleElement().asString().contains("no background");
    }
}
