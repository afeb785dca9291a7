package dev.halftone.adapters.imaging.vips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.corpus.Corpus;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The hostile files of the shared corpus through libvips, asked for more than it is given otherwise.
class VipsCorpusTest {
    private static final Compression SMALL = Vips.TO_PNG.withBounds(OptionalInt.of(64), OptionalInt.empty());

    @BeforeAll
    static void isNeeded() {
        Vips.library();
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
    }

    @Test
    void nothingHostileGetsThroughOrDown() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Corpus.Entry entry : entries("hostile/")) {
            byte[] bytes = entry.bytes();
            Optional<ImageFormat> format = ImageFormat.sniff(bytes);
            if (format.isPresent()) {
                try {
                    EngineResult result =
                            Vips.ENGINE.compress(new SourceImage(format.get(), bytes), SMALL, ImageLimits.DEFAULT);
                    // The manifest lets an SVG be drawn as long as it reaches nothing, see VipsSvgTest.
                    boolean wrong = Set.of("refuse", "limit", "truncated").contains(entry.kind())
                            && format.get() != ImageFormat.SVG;
                    if (wrong && !(result instanceof EngineResult.Declined)) {
                        problems.add(entry.path() + " (" + entry.kind() + ") was let through");
                    }
                } catch (HalftoneException e) {
                    if (e.failure().code() == FailureCode.INTERNAL) {
                        problems.add(entry.path() + ": " + e.failure());
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static List<Corpus.Entry> entries(String... folders) throws IOException {
        return Corpus.images().stream()
                .filter(entry -> List.of(folders).stream().anyMatch(entry.path()::startsWith))
                .toList();
    }
}
