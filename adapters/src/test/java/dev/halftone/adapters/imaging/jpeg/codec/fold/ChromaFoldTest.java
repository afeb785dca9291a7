package dev.halftone.adapters.imaging.jpeg.codec.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.write.FileWriter;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Folded chroma against the samples that libjpeg-turbo decodes, averaged.
class ChromaFoldTest {
    private static JpegSamples.Picture source(int width, int height, String sampling) {
        byte[] picture = Pixels.photo(width, height, 3).toPnm();
        JpegSamples.Picture source = JpegSamples.decode(Libjpeg.encode(picture, "-quality", "95", "-sample", sampling));
        source.planes().setMasks(source.frame());
        return source;
    }

    /// The samples of one component in whole blocks, by way of a grey file of its own.
    private static Pixels samples(FrameComponent component, QuantTable table, Coefficients planes) {
        Frame grey = JpegSamples.frame(component.blocksWide() * 8, component.blocksHigh() * 8, 11);
        FrameComponent only = grey.components().getFirst();
        Coefficients plane = new Coefficients();
        plane.reset(grey);
        for (int row = 0; row < component.blocksHigh(); row++) {
            for (int column = 0; column < component.blocksWide(); column++) {
                int from = row * component.storedWide() + column;
                int to = row * only.storedWide() + column;
                long mask = planes.masks(component)[from];
                plane.dc(only)[to] = planes.dc(component)[from];
                for (int k = 1; k < 64; k++) {
                    plane.plane(only)[to * 64 + k] = (mask >> k & 1) == 0 ? 0 : planes.plane(component)[from * 64 + k];
                }
            }
        }
        plane.setMasks(grey);
        Tokens tokens = new Tokens();
        PlaneTokenizer.tokenize(grey, plane, List.of(Requantiser.identity(table, true)), 0, tokens);
        return Libjpeg.pixels(new FileWriter(new BitWriter()).write(new byte[0], grey, List.of(table), tokens));
    }

    /// The box filter over what lies in the picture; the last sample stands for those past it.
    private static int average(Pixels of, int x, int y, int across, int down) {
        int sum = 0;
        for (int i = 0; i < across * down; i++) {
            int column = Math.min(x * across + i % across, of.width() - 1);
            int row = Math.min(y * down + i / across, of.height() - 1);
            sum += of.samples()[row * of.width() + column] & 0xff;
        }
        return Math.round((float) sum / (across * down));
    }

    private static void assertFolded(int width, int height, String sampling) {
        JpegSamples.Picture source = source(width, height, sampling);
        int across = sampling.startsWith("1") ? 2 : 1;
        int down = sampling.endsWith("1") ? 2 : 1;
        assertThat(ChromaFold.applies(source.frame())).isTrue();
        List<Pixels> before = source.frame().components().stream()
                .map(component -> samples(component, source.tables().get(component.index()), source.planes()))
                .toList();
        ChromaFold.Folded folded =
                new ChromaFold().fold(source.frame(), source.tables(), source.planes(), leastAtUnitSteps());
        for (FrameComponent component : folded.frame().components()) {
            Pixels after = samples(component, folded.tables().get(component.index()), source.planes());
            Pixels wanted = before.get(component.index());
            if (component.index() == 0) {
                assertThat(after.farthest(wanted)).isZero();
                continue;
            }
            int shownWide = Frame.ceilDiv(width, 2);
            int shownHigh = Frame.ceilDiv(height, 2);
            int farthest = 0;
            for (int y = 0; y < shownHigh; y++) {
                for (int x = 0; x < shownWide; x++) {
                    int sample = after.samples()[y * after.width() + x] & 0xff;
                    farthest = Math.max(farthest, Math.abs(sample - average(wanted, x, y, across, down)));
                }
            }
            assertThat(farthest)
                    .as("%s %dx%d component %d", sampling, width, height, component.index())
                    .isLessThanOrEqualTo(3);
        }
    }

    @Test
    void averagesTheSamplesThatOthersDecode() {
        for (String sampling : List.of("1x1", "2x1", "1x2")) {
            assertFolded(128, 96, sampling);
            assertFolded(117, 83, sampling);
        }
    }

    @Test
    void averagesEverySmallSize() {
        for (String sampling : List.of("1x1", "2x1", "1x2")) {
            for (int width = 1; width <= 17; width++) {
                assertFolded(width, 1 + width * 7 % 17, sampling);
            }
        }
    }

    /// What is symmetric has no odd frequencies.
    @Test
    void mirrorsTheLastBlockPastTheEdge() {
        for (String sampling : List.of("1x1", "2x1", "1x2")) {
            JpegSamples.Picture source =
                    source(sampling.startsWith("1") ? 8 : 16, sampling.endsWith("1") ? 8 : 16, sampling);
            Frame folded = new ChromaFold()
                    .fold(source.frame(), source.tables(), source.planes(), leastAtUnitSteps())
                    .frame();
            for (FrameComponent chroma : folded.components().subList(1, 3)) {
                assertThat(chroma.storedBlocks()).isEqualTo(1);
                long mask = source.planes().masks(chroma)[0];
                assertThat(mask).isNotZero();
                for (long left = mask; left != 0; left &= left - 1) {
                    int natural = ZigZag.NATURAL[Long.numberOfTrailingZeros(left)];
                    boolean odd = sampling.startsWith("1") && (natural & 1) != 0
                            || sampling.endsWith("1") && (natural >> 3 & 1) != 0;
                    assertThat(odd).as("%s: %d", sampling, natural).isFalse();
                }
            }
        }
    }

    @Test
    void foldsToTheShapeOfFourTwoNought() {
        JpegSamples.Picture source = source(117, 83, "2x1");
        Frame folded = new ChromaFold()
                .fold(source.frame(), source.tables(), source.planes(), leastAtUnitSteps())
                .frame();
        Frame wanted = JpegSamples.frame(117, 83, 22, 11, 11);
        for (FrameComponent component : folded.components()) {
            FrameComponent same = wanted.components().get(component.index());
            assertThat(List.of(component.blocksWide(), component.blocksHigh()))
                    .isEqualTo(List.of(same.blocksWide(), same.blocksHigh()));
            assertThat(component.horizontal() * 10 + component.vertical())
                    .isEqualTo(same.horizontal() * 10 + same.vertical());
        }
    }

    @Test
    void leavesOtherSamplingAlone() {
        assertThat(ChromaFold.applies(JpegSamples.frame(32, 32, 22, 11, 11))).isFalse();
        assertThat(ChromaFold.applies(JpegSamples.frame(32, 32, 41, 11, 11))).isFalse();
        assertThat(ChromaFold.applies(JpegSamples.frame(32, 32, 11))).isFalse();
        assertThat(ChromaFold.applies(JpegSamples.frame(32, 32, 11, 11, 11, 11)))
                .isFalse();
        assertThat(ChromaFold.applies(JpegSamples.frame(32, 32, 22, 11, 22))).isFalse();
    }

    /// What rounds to zero at steps of 1.
    private static float[] leastAtUnitSteps() {
        float[] least = new float[64];
        Arrays.fill(least, 0.5f);
        return least;
    }
}
