package dev.halftone.adapters.imaging.jpeg.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The search for a similarity, on curves in place of pictures.
class SimilaritySearchTest {
    private static final class Curve implements SimilaritySearch.Trial {
        private final double bend;
        private final double top;
        private final double bias;
        private int measured;

        Curve(double bend, double top, double bias) {
            this.bend = bend;
            this.top = top;
            this.bias = bias;
        }

        private double at(double quality) {
            return top - bend / (quality + 8);
        }

        @Override
        public double estimate(double quality) {
            return at(quality) + bias + 0.00001 * quality * Math.signum(bias);
        }

        @Override
        public double measure(double quality) {
            measured++;
            return at(quality);
        }
    }

    @Test
    void keepsWhatIsWantedAndNoMore() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            Curve curve = new Curve(0.5 + 2 * random.nextDouble(), 1, 0.04 * random.nextGaussian());
            double wanted = curve.at(5 + 90 * random.nextDouble());
            double quality = SimilaritySearch.search(curve, wanted).orElseThrow();
            assertThat(curve.at(quality)).as("round %d", round).isGreaterThanOrEqualTo(wanted);
            assertThat(curve.at(quality - 3)).as("round %d", round).isLessThan(wanted);
            assertThat(curve.measured).isLessThanOrEqualTo(7);
        }
    }

    @Test
    void findsNothingWhereNothingKeepsIt() {
        assertThat(SimilaritySearch.search(new Curve(1, 0.9, 0), 0.95)).isEmpty();
    }

    @Test
    void findsTheTopWhereOnlyTheTopKeepsIt() {
        Curve curve = new Curve(1, 1, 0.02);
        assertThat(SimilaritySearch.search(curve, curve.at(100))).isEqualTo(Optional.of(100.0));
    }
}
