package dev.halftone.adapters.imaging.jpeg.codec.scans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.JpegSamples.Picture;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BandStatisticsTest {
    @Test
    void bitsOfEveryBandAreThoseOfItsTokens() {
        Random random = new Random(17);
        double[] densities = {0, 0.002, 0.03, 0.3, 0.9};
        for (double density : densities) {
            for (int largest : new int[] {1, 3, 40}) {
                Picture picture = JpegSamples.random(JpegSamples.frame(200, 120, 11), density, largest, random);
                SparsePicture sparse = new SparsePicture();
                sparse.read(picture.frame(), picture.planes());
                BandStatistics statistics = new BandStatistics(1, 2, 4, 9, 17, 40, 64);
                for (int low = 0; low < 3; low++) {
                    check(sparse, statistics, low, false);
                    check(sparse, statistics, low, true);
                }
            }
        }
    }

    private static void check(SparsePicture sparse, BandStatistics statistics, int low, boolean refinement) {
        statistics.count(sparse.plane(0), low, refinement);
        for (int a = 0; a < statistics.pieces(); a++) {
            for (int b = a; b < statistics.pieces(); b++) {
                PlannedScan scan = new PlannedScan(
                        List.of(0), statistics.start(a), statistics.end(b), refinement ? low + 1 : 0, low);
                assertThat(statistics.bits(a, b)).as(scan.toString()).isEqualTo(bits(sparse, scan));
            }
        }
    }

    private static long bits(SparsePicture sparse, PlannedScan scan) {
        ScanTokens tokens = new ScanTokens();
        new ScanTokenizer(sparse, tokens).append(scan);
        long bits = OptimalHuffman.bits(tokens.counts(0, tokens.size())[0]);
        for (int i = 0; i < tokens.size(); i++) {
            bits += tokens.array()[i] >>> 16 & 31;
        }
        return bits;
    }
}
