package dev.halftone.adapters.imaging.jpeg.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneRequantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.adapters.imaging.similarity.StripSsim;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Similarity from coefficients against similarity of the samples.
class BlockSimilarityTest {
    private static final JpegSamples.Picture PICTURE = picture();
    private static final FrameComponent LUMA = PICTURE.frame().components().getFirst();

    private static JpegSamples.Picture picture() {
        byte[] grey = Libjpeg.encode(Pixels.photo(256, 192, 1).toPnm(), "-quality", "95");
        JpegSamples.Picture picture = JpegSamples.decode(grey);
        picture.planes().setMasks(picture.frame());
        return picture;
    }

    private static Requantiser at(double quality) {
        return Requantiser.to(PICTURE.tables().getFirst(), QuantTable.luminance(quality), Rounding.ECONOMICAL, true);
    }

    private static double estimate(Requantiser requantiser, int stride) {
        return BlockSimilarity.estimate(LUMA, PICTURE.tables().getFirst(), PICTURE.planes(), requantiser, stride);
    }

    /// The same formula on the samples of each block.
    private static double measured(Requantiser requantiser) {
        LumaSamples before = samples(PICTURE.tables().getFirst(), PICTURE.planes());
        LumaSamples after = samples(requantiser.result(), requantised(requantiser));
        double sum = 0;
        int blocks = 0;
        for (int top = 0; top < before.height(); top += 8) {
            for (int left = 0; left < before.width(); left += 8) {
                sum += block(before, after, left, top);
                blocks++;
            }
        }
        return sum / blocks;
    }

    private static Coefficients requantised(Requantiser requantiser) {
        Coefficients into = new Coefficients();
        PlaneRequantiser.requantise(PICTURE.frame(), PICTURE.planes(), List.of(requantiser), into);
        return into;
    }

    private static LumaSamples samples(QuantTable table, Coefficients planes) {
        return LumaSamples.of(PICTURE.frame(), LUMA, table, planes);
    }

    private static double block(LumaSamples before, LumaSamples after, int left, int top) {
        double[] sums = new double[5];
        for (int i = 0; i < 64; i++) {
            int at = (top + i / 8) * before.width() + left + i % 8;
            double a = before.samples()[at] & 0xff;
            double b = after.samples()[at] & 0xff;
            sums[0] += a / 64;
            sums[1] += b / 64;
            sums[2] += a * a / 64;
            sums[3] += b * b / 64;
            sums[4] += a * b / 64;
        }
        double c1 = Math.pow(0.01 * 255, 2);
        double c2 = Math.pow(0.03 * 255, 2);
        double luminance = (2 * sums[0] * sums[1] + c1) / (sums[0] * sums[0] + sums[1] * sums[1] + c1);
        double structure = (2 * (sums[4] - sums[0] * sums[1]) + c2)
                / (sums[2] - sums[0] * sums[0] + sums[3] - sums[1] * sums[1] + c2);
        return luminance * structure;
    }

    @Test
    void isTheFormulaOnTheSamplesOfEachBlock() {
        for (double quality : new double[] {5, 20, 50, 75, 90}) {
            assertThat(estimate(at(quality), 1))
                    .as("quality %s", quality)
                    .isCloseTo(measured(at(quality)), within(0.004));
        }
    }

    @Test
    void isOneWhereNothingChanges() {
        assertThat(estimate(Requantiser.identity(PICTURE.tables().getFirst(), true), 1))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void aSampleOfRowsIsNearTheWhole() {
        assertThat(estimate(at(50), 4)).isCloseTo(estimate(at(50), 1), within(0.02));
    }

    @Test
    void followsTheIndexOverSlidingWindows() {
        LumaSamples before = samples(PICTURE.tables().getFirst(), PICTURE.planes());
        for (double quality : new double[] {20, 50, 75, 90}) {
            LumaSamples after = samples(at(quality).result(), requantised(at(quality)));
            double real = StripSsim.of(before.width(), before.height(), before.samples(), after.samples());
            assertThat(estimate(at(quality), 1)).as("quality %s", quality).isCloseTo(real, within(0.05));
        }
    }

    @Test
    void samplesAreThoseThatOthersDecode() {
        byte[] file = Libjpeg.encode(Pixels.photo(61, 45, 3).toPnm(), "-quality", "90");
        JpegSamples.Picture picture = JpegSamples.decode(file);
        picture.planes().setMasks(picture.frame());
        FrameComponent luma = picture.frame().components().getFirst();
        LumaSamples samples =
                LumaSamples.of(picture.frame(), luma, picture.tables().getFirst(), picture.planes());
        Pixels others = Libjpeg.luma(file);
        assertThat(new Pixels(samples.width(), samples.height(), 1, samples.samples()).farthest(others))
                .isLessThanOrEqualTo(1);
    }
}
