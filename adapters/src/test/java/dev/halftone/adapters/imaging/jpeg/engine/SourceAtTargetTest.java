package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.pipeline.Compression;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A source that is as coarse as the target, or coarser, loses nothing; and none ever grows.
class SourceAtTargetTest {
    private static final Map<String, byte[]> MADE = MadeJpegs.classes(176, 144, 60);

    private static byte[] photo(String... options) {
        return Libjpeg.encode(Pixels.photo(320, 240, 3).toPnm(), options);
    }

    @Test
    void codesTheSamePixelsAgain() {
        for (int quality : new int[] {60, 61, 80, 100}) {
            MADE.forEach((name, source) -> {
                if (name.contains("CMYK") || name.contains("YCCK")) {
                    return;
                }
                byte[] made = Engines.made(source, Compression.DEFAULT.withQuality(quality));
                assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(source)))
                        .as("%s at quality %d", name, quality)
                        .isZero();
            });
        }
    }

    @Test
    void standardTablesBecomeOptimal() {
        byte[] source = photo("-quality", "50");
        EngineChain.Compressed compressed = Engines.through(source, Compression.DEFAULT.withQuality(75));
        assertThat(compressed.keptOriginal()).isFalse();
        assertThat(compressed.image().bytes().length).isLessThan(source.length);
        assertThat(Libjpeg.pixels(compressed.image().bytes()).farthest(Libjpeg.pixels(source)))
                .isZero();
    }

    @Test
    void theOriginalIsKeptWhereThereIsNothingToGain() {
        for (String[] options : List.of(
                new String[] {"-quality", "50", "-optimize"}, new String[] {"-quality", "50", "-progressive"})) {
            byte[] source = photo(options);
            for (Compression compression : List.of(Compression.DEFAULT.withQuality(90), Engines.LOSSLESS)) {
                EngineChain.Compressed compressed = Engines.through(source, compression);
                assertThat(compressed.image().bytes().length).isLessThanOrEqualTo(source.length);
                assertThat(Libjpeg.pixels(compressed.image().bytes()).farthest(Libjpeg.pixels(source)))
                        .isZero();
                if (compressed.keptOriginal()) {
                    assertThat(compressed.image().bytes()).isSameAs(source);
                }
            }
        }
    }

    @Test
    void whatWasMadeOnceIsKeptTheSecondTime() {
        byte[] once = Engines.made(photo("-quality", "92"), Compression.DEFAULT.withQuality(50));
        EngineChain.Compressed twice = Engines.through(once, Compression.DEFAULT.withQuality(50));
        assertThat(twice.keptOriginal()).isTrue();
        assertThat(twice.image().bytes()).isEqualTo(once);
        assertThat(Engines.made(once, Compression.DEFAULT.withQuality(50))).isEqualTo(once);
    }

    @Test
    void noFileOfTheCorpusGrows() {
        List<Path> files = CorpusJpegs.all().stream()
                .filter(file ->
                        file.toString().contains("photos") || file.toString().contains("jpeg-conformance/gen"))
                .filter(file -> CorpusJpegs.read(file).length < 700_000)
                .toList();
        assertThat(InParallel.problems(files, SourceAtTargetTest::grown)).isEmpty();
    }

    private static Optional<String> grown(Path file) {
        byte[] source = CorpusJpegs.read(file);
        for (Compression compression :
                List.of(Compression.DEFAULT.withQuality(95), Engines.LOSSLESS, Engines.similarity(0.99))) {
            if (Engines.result(source, compression) instanceof EngineResult.Declined) {
                continue;
            }
            int bytes = Engines.through(source, compression).image().bytes().length;
            if (bytes > source.length) {
                return Optional.of("%s: %d bytes became %d".formatted(file, source.length, bytes));
            }
        }
        return Optional.empty();
    }
}
