package dev.halftone.adapters.imaging.jpeg.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.requantise.BitWorth;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The search for a size, on files that are nothing but their length.
class SizeSearchTest {
    /// Sizes that grow with the quality, with steps in them, and estimates that are off by a factor and a little.
    private static final class Lengths implements SizeSearch.Trial {
        private final double step;
        private final double wrongBy;
        private final double noise;
        private final Random random;
        private final boolean rounds;
        private int files;

        Lengths(double step, double wrongBy, double noise, boolean rounds, long seed) {
            this.step = step;
            this.wrongBy = wrongBy;
            this.noise = noise;
            this.rounds = rounds;
            this.random = new Random(seed);
        }

        private double size(double quality) {
            return 2000 + 900 * Math.pow(Math.floor(quality / step) * step, 1.3);
        }

        @Override
        public double estimate(double quality) {
            return size(quality) * wrongBy * (1 + noise * random.nextGaussian());
        }

        @Override
        public byte[] file(double quality, Rounding rounding) {
            files++;
            return new byte[(int) (size(quality) * (rounds ? 1 + rounding.offset() - 0.42 : 1))];
        }

        @Override
        public boolean rounds() {
            return rounds;
        }

        @Override
        public byte[] file(double quality, BitWorth worth) {
            files++;
            double most = 1.08 - Math.floor(worth.most() * 10) / 10;
            double some = 1.08 - Math.floor(worth.some() * 10) / 10;
            return new byte[(int) (size(quality) * (most + (some - most) * worth.share()))];
        }
    }

    @Test
    void neverGoesOverAndHardlyUnder() {
        for (int round = 0; round < 300; round++) {
            Random random = new Random(round);
            Lengths lengths = new Lengths(
                    random.nextBoolean() ? 0.001 : 1 + random.nextInt(6),
                    0.5 + random.nextDouble(),
                    0.01 * random.nextInt(3),
                    random.nextBoolean(),
                    round);
            int most = 5000 + random.nextInt(250_000);
            Transcoded found = SizeSearch.search(lengths, most);
            assertThat(found.reached()).isTrue();
            assertThat(found.file().length).as("round %d", round).isBetween(most * 97 / 100, most);
            assertThat(lengths.files).isLessThan(27);
        }
    }

    @Test
    void aGoodEstimateTakesFewFiles() {
        Lengths lengths = new Lengths(0.001, 0.8, 0, true, 1);
        SizeSearch.search(lengths, 100_000);
        assertThat(lengths.files).isLessThanOrEqualTo(3);
    }

    @Test
    void saysWhatCannotBeReachedAndGivesTheSmallest() {
        Lengths lengths = new Lengths(0.001, 1, 0, true, 1);
        Transcoded found = SizeSearch.search(lengths, 100);
        assertThat(found.reached()).isFalse();
        assertThat(found.quality()).isEqualTo(1);
        assertThat(found.file().length).isLessThan((int) lengths.size(1));
    }
}
