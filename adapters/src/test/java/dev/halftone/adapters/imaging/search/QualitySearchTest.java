package dev.halftone.adapters.imaging.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleToIntFunction;
import org.junit.jupiter.api.Test;

class QualitySearchTest {
    private static final Deadline NO_HURRY = Deadline.in(Duration.ofHours(1));

    /// A ladder of sizes that remembers what it was asked.
    private static final class Sizes implements QualityLadder {
        final DoubleToIntFunction size;
        final List<Double> asked = new ArrayList<>();

        Sizes(DoubleToIntFunction size) {
            this.size = size;
        }

        @Override
        public byte[] at(double quality) {
            assertThat(quality).isBetween(1.0, 100.0).isNotIn(asked);
            asked.add(quality);
            return new byte[size.applyAsInt(quality)];
        }
    }

    private static Sizes photo() {
        return new Sizes(quality -> (int) (2_000 * Math.exp(quality / 30.0)));
    }

    @Test
    void findsTheHighestQualityUnderAnyCeiling() throws IOException {
        int most = 0;
        for (int ceiling = 2_100; ceiling < 56_000; ceiling += 130) {
            Sizes ladder = photo();

            Rung rung = QualitySearch.within(ladder, ceiling, NO_HURRY);

            assertThat(rung.met()).isTrue();
            assertThat(rung.bytes().length).isBetween((int) (0.98 * ceiling), ceiling);
            most = Math.max(most, ladder.asked.size());
        }
        assertThat(most).isLessThanOrEqualTo(6);
    }

    @Test
    void givesTheLowestQualityWhereNoneFits() throws IOException {
        Sizes ladder = photo();

        Rung rung = QualitySearch.within(ladder, 100, NO_HURRY);

        assertThat(rung.met()).isFalse();
        assertThat(rung.quality()).isEqualTo(1);
        assertThat(ladder.asked).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void givesTheHighestQualityWhereAllFit() throws IOException {
        assertThat(QualitySearch.within(photo(), 1_000_000, NO_HURRY).quality()).isEqualTo(100);
    }

    @Test
    void crossesKneesAndSteps() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            int knee = 1 + random.nextInt(100);
            int low = 10 + random.nextInt(100);
            int high = low + 1 + random.nextInt(10_000);
            Sizes ladder = new Sizes(quality -> quality < knee ? low : high);
            int ceiling = low + random.nextInt(high - low);

            Rung rung = QualitySearch.within(ladder, ceiling, NO_HURRY);

            assertThat(rung.met()).isEqualTo(knee > 1);
            assertThat(rung.bytes()).hasSize(knee > 1 ? low : high);
            assertThat(ladder.asked).hasSizeLessThanOrEqualTo(14);
        }
    }

    @Test
    void findsTheLowestQualityThatIsAlikeEnough() throws IOException {
        for (double least : new double[] {0.6, 0.9, 0.95, 0.99, 0.995}) {
            Sizes ladder = new Sizes(quality -> (int) (100 * quality));

            Rung rung = QualitySearch.alike(ladder, QualitySearchTest::likeness, least, NO_HURRY);

            assertThat(rung.met()).isTrue();
            assertThat(rung.measure()).isBetween(least, least + 0.05 * (1 - least));
            assertThat(ladder.asked).hasSizeLessThanOrEqualTo(6);
        }
    }

    @Test
    void givesTheHighestQualityWhereNoneIsAlikeEnough() throws IOException {
        Rung rung = QualitySearch.alike(
                quality -> new byte[(int) (100 * quality)], QualitySearchTest::likeness, 0.9999, NO_HURRY);

        assertThat(rung.met()).isFalse();
        assertThat(rung.quality()).isEqualTo(100);
    }

    @Test
    void takesEqualPicturesForAlike() throws IOException {
        assertThat(QualitySearch.alike(quality -> new byte[(int) quality], bytes -> 1, 0.9, NO_HURRY)
                        .quality())
                .isEqualTo(1);
    }

    /// From 0.5 to 0.9978.
    private static double likeness(byte[] bytes) {
        return 1 - 0.5 * Math.exp(-bytes.length / 1840.0);
    }
}
