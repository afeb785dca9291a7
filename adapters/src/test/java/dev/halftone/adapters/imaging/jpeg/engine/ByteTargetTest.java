package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Encoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `targetBytes` and `targetRatio`: never over, and hardly under.
class ByteTargetTest {
    private static final double[] SHARES = {0.25, 0.4, 0.5, 0.65, 0.8, 0.9, 0.97};

    /// How full each target came out, 1 for to the byte.
    private static List<String> filled(Map<String, byte[]> sources, Encoding encoding, List<Double> into) {
        List<String> over = new ArrayList<>();
        sources.forEach((name, source) -> {
            Compression smallest = Engines.bytes(1).withEncoding(encoding);
            int least = Engines.made(source, smallest).length;
            int most = Engines.made(source, Engines.LOSSLESS.withEncoding(encoding)).length;
            for (double share : SHARES) {
                long target = Math.round(most * share);
                if (target <= least) {
                    continue;
                }
                int bytes = Engines.made(source, Engines.bytes(target).withEncoding(encoding)).length;
                into.add((double) bytes / target);
                if (bytes > target || bytes < 0.97 * target) {
                    over.add("%s at %.2f: %d of %d bytes".formatted(name, share, bytes, target));
                }
            }
        });
        return over;
    }

    private static void assertNearlyFull(List<String> wrong, List<Double> filled) {
        assertThat(wrong).isEmpty();
        assertThat(filled).hasSizeGreaterThan(30);
        long close = filled.stream().filter(share -> share >= 0.99).count();
        assertThat((double) close / filled.size())
                .as("%d of %d within a hundredth", close, filled.size())
                .isGreaterThanOrEqualTo(0.95);
    }

    private static Map<String, byte[]> made() {
        Map<String, byte[]> made = new LinkedHashMap<>();
        for (int quality : new int[] {60, 75, 92}) {
            MadeJpegs.classes(352, 288, quality).forEach((name, file) -> {
                if (!name.contains("CMYK") && !name.contains("YCCK")) {
                    made.put(name + " of quality " + quality, file);
                }
            });
        }
        return made;
    }

    @Test
    void madePhotographsFillTheirTargets() {
        List<Double> filled = new ArrayList<>();
        assertNearlyFull(filled(made(), Encoding.DEFAULT, filled), filled);
    }

    @Test
    void everyEncodingFillsItsTargets() {
        Map<String, byte[]> sources = new LinkedHashMap<>(made());
        sources.keySet().removeIf(name -> !name.matches("(4:2:0|4:4:4|gray|progressive 4:2:0) of.*"));
        for (Encoding encoding : List.of(Engines.BEST, Engines.SMALLEST, Engines.SMALLEST_BEST, Engines.PROGRESSIVE)) {
            List<Double> filled = new ArrayList<>();
            assertNearlyFull(filled(sources, encoding, filled), filled);
        }
    }

    @Test
    void photographsOfTheCorpusFillTheirTargets() {
        Map<String, byte[]> sources = new LinkedHashMap<>();
        for (Path file : CorpusJpegs.all()) {
            byte[] source = CorpusJpegs.read(file);
            if (file.toString().contains("/photos/") && source.length > 8_000 && source.length < 400_000) {
                sources.put(file.getFileName().toString(), source);
            }
        }
        assertThat(sources.size()).isGreaterThan(10);
        List<Double> filled = new ArrayList<>();
        assertNearlyFull(filled(sources, Encoding.DEFAULT, filled), filled);
    }

    @Test
    void aRatioIsAShareOfTheWholeInput() {
        byte[] source = Libjpeg.encode(Pixels.photo(352, 288, 3).toPnm(), "-quality", "92");
        byte[] made = Engines.made(source, Compression.DEFAULT.withTarget(new CompressionTarget.ToRatio(0.5)));
        assertThat(made.length).isBetween(source.length * 99 / 200, source.length / 2);
    }

    @Test
    void whatCannotBeReachedSaysSoWithTheSmallest() {
        byte[] source = Libjpeg.encode(Pixels.photo(352, 288, 3).toPnm(), "-quality", "92");
        EncodedImage made = Engines.through(source, Engines.bytes(300)).image();
        int smallest = made.bytes().length;
        assertThat(smallest).isLessThan(source.length / 10);
        assertThat(made.notes())
                .singleElement()
                .asString()
                .startsWith("targetBytes=300 not reachable: ")
                .contains("%,d bytes is the smallest".formatted(smallest));
        assertThat(Engines.made(source, Compression.DEFAULT.withQuality(1)).length)
                .isGreaterThanOrEqualTo(smallest);
        byte[] reached = Engines.made(source, Engines.bytes(smallest));
        assertThat(reached.length).isLessThanOrEqualTo(smallest);
        assertThat(Engines.image(source, Engines.bytes(smallest)).notes()).isEmpty();
    }

    @Test
    void anOriginalThatMeetsItsTargetKeepsItsPixels() {
        byte[] source = Libjpeg.encode(Pixels.photo(352, 288, 3).toPnm(), "-quality", "92");
        EngineChain.Compressed compressed = Engines.through(source, Engines.bytes(source.length));
        assertThat(compressed.keptOriginal()).isTrue();
        assertThat(compressed.image().bytes()).isSameAs(source);
        byte[] optimised = Engines.made(source, Engines.LOSSLESS);
        byte[] alone = Engines.made(source, Engines.bytes(optimised.length));
        assertThat(Libjpeg.pixels(alone).farthest(Libjpeg.pixels(source))).isZero();
    }
}
