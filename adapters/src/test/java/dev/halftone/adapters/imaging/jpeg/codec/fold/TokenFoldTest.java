package dev.halftone.adapters.imaging.jpeg.codec.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.PlaneDecoder;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.FusedTranscoder;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import dev.halftone.adapters.imaging.jpeg.codec.write.FileWriter;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Folding from tokens against folding planes: the same symbols in the same order, counted alike.
class TokenFoldTest {
    private static final long[] CHROMA_WHOLE = {-1L, -1L, -1L};

    /// One instance for all files, so that what a file leaves behind shows.
    private final TokenFold tokenFold = new TokenFold();

    private final FusedTranscoder fused = new FusedTranscoder();
    private final ChromaFold planeFold = new ChromaFold();
    private final PlaneDecoder decoder = new PlaneDecoder();
    private final Coefficients planes = new Coefficients();
    private final Tokens made = new Tokens();
    private final Tokens wanted = new Tokens();

    @Test
    void foldsPhotosOfEverySizeAsPlanesDo() {
        for (String sampling : List.of("1x1", "2x1", "1x2")) {
            for (int width = 1; width <= 49; width += 4) {
                for (int height : new int[] {1, 8, 9, 16, 17, 31, 33}) {
                    byte[] picture = Pixels.photo(width, height, 3).toPnm();
                    assertSame(Libjpeg.encode(picture, "-quality", "90", "-sample", sampling), 50);
                }
            }
        }
    }

    @Test
    void foldsRowsOfSeveralStripsAsPlanesDo() {
        for (String sampling : List.of("1x1", "2x1", "1x2")) {
            for (int width : new int[] {1023, 1024, 1025, 1033, 2070}) {
                byte[] picture = Pixels.photo(width, 21, 3).toPnm();
                assertSame(Libjpeg.encode(picture, "-quality", "92", "-sample", sampling), 60);
            }
        }
    }

    @Test
    void foldsAcrossRestartsAsPlanesDo() {
        byte[] picture = Pixels.photo(117, 83, 3).toPnm();
        for (String sampling : List.of("1x1", "2x1", "1x2")) {
            for (String interval : List.of("1B", "3B", "1", "2")) {
                assertSame(Libjpeg.encode(picture, "-quality", "85", "-sample", sampling, "-restart", interval), 40);
            }
        }
    }

    /// Also where blocks past the picture's edge hold values, which our own writer and libjpeg leave out.
    @Test
    void foldsAnyCoefficientsAsPlanesDo() {
        Random random = new Random(7);
        for (int i = 0; i < 120; i++) {
            int factors = new int[] {11, 21, 12}[i % 3];
            int width = 8 * (factors / 10) * (1 + random.nextInt(9));
            int height = 8 * (factors % 10) * (1 + random.nextInt(9));
            int largest = new int[] {1, 9, 1023}[random.nextInt(3)];
            Frame frame = JpegSamples.frame(width, height, factors, 11, 11);
            JpegSamples.Picture picture = JpegSamples.random(frame, random.nextDouble(), largest, random);
            byte[] file = written(picture, random.nextInt(4));
            assertSame(file, 1 + random.nextInt(100));
            int narrower = random.nextInt(8 * (factors / 10));
            int lower = random.nextInt(8 * (factors % 10));
            assertSame(cropped(file, width - narrower, height - lower), 50);
        }
    }

    @Test
    void stopsBetweenItsPassesWhenAskedTo() {
        byte[] file = Libjpeg.encode(Pixels.photo(40, 40, 3).toPnm(), "-sample", "1x1");
        JpegStream source = StructureReader.read(file, JpegSamples.MAX_PIXELS);
        List<Requantiser> requantisers = requantisers(ChromaFold.folded(source.frame(), source.tables()), 50);
        Runnable stop = () -> {
            throw new IllegalStateException("enough");
        };
        assertThatThrownBy(() -> tokenFold.tokenize(source, fused, requantisers, stop, made))
                .hasMessage("enough");
    }

    private void assertSame(byte[] file, double quality) {
        JpegStream source = StructureReader.read(file, JpegSamples.MAX_PIXELS);
        assertThat(FusedTranscoder.canTake(source) && ChromaFold.applies(source.frame()))
                .isTrue();
        decoder.decodeSparse(source, planes, () -> {}, CHROMA_WHOLE);
        ChromaFold.Folded folded = planeFold.fold(source.frame(), source.tables(), planes, least(quality));
        List<Requantiser> requantisers = requantisers(folded, quality);
        PlaneTokenizer.tokenize(folded.frame(), planes, requantisers, 0, wanted);

        tokenFold.tokenize(source, fused, requantisers, () -> {}, made);
        assertThat(Arrays.copyOf(made.array(), made.size()))
                .as("%s to %s", source.frame(), quality)
                .isEqualTo(Arrays.copyOf(wanted.array(), wanted.size()));
        assertThat(made.counts()).isEqualTo(wanted.counts());
        for (int component = 0; component < 3; component++) {
            assertThat(made.huffman(component)).isEqualTo(wanted.huffman(component));
        }
    }

    private static List<Requantiser> requantisers(ChromaFold.Folded folded, double quality) {
        List<Requantiser> requantisers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            QuantTable target = i == 0 ? QuantTable.luminance(quality) : QuantTable.chrominance(quality);
            requantisers.add(Requantiser.to(folded.tables().get(i), target, Rounding.ECONOMICAL, i == 0));
        }
        return requantisers;
    }

    /// Half a step.
    private static float[] least(double quality) {
        float[] least = new float[64];
        for (int k = 0; k < 64; k++) {
            least[k] = QuantTable.chrominance(quality).step(k) / 2f;
        }
        return least;
    }

    private static byte[] written(JpegSamples.Picture picture, int restartInterval) {
        picture.planes().setMasks(picture.frame());
        List<Requantiser> identities = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            identities.add(Requantiser.identity(picture.tables().get(i), i == 0));
        }
        Tokens tokens = new Tokens();
        PlaneTokenizer.tokenize(picture.frame(), picture.planes(), identities, restartInterval, tokens);
        return new FileWriter(new BitWriter())
                .write(new byte[0], picture.frame(), picture.tables(), tokens, restartInterval);
    }

    /// The same MCUs, of which fewer samples are of the picture.
    private static byte[] cropped(byte[] file, int width, int height) {
        return JpegParts.of(file)
                .change(
                        Markers.SOF0,
                        frame -> frame.with(1, height >> 8)
                                .with(2, height)
                                .with(3, width >> 8)
                                .with(4, width))
                .toBytes();
    }
}
