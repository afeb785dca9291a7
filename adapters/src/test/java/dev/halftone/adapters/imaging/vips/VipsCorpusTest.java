package dev.halftone.adapters.imaging.vips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.awt.Corpus;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pictures of the shared corpus through libvips, judged as the manifest says. What it declines is the next
/// engine's, which has a test of its own.
class VipsCorpusTest {
    private static final int TOLERANCE = 12;

    /// Laid on white, as everywhere; the manifest's colours leave its alpha out. The same picture in another
    /// format has them right.
    private static final Map<String, String> SAME_AS =
            Map.of("formats/avif/gen-alpha.avif", "formats/webp/gen-lossy-alpha.webp");

    private static final Compression SMALL = Vips.TO_PNG.withBounds(OptionalInt.of(64), OptionalInt.empty());

    @BeforeAll
    static void isNeeded() {
        Vips.library();
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
    }

    @Test
    void everyPictureComesOutUprightAndInItsColours() throws IOException {
        Map<String, Integer> made = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Corpus.Entry entry : entries("formats/", "exif-orientation/")) {
            judge(entry, made).ifPresent(problem -> problems.add(entry.path() + ": " + problem));
        }
        assertThat(problems).isEmpty();
        assertThat(made.keySet()).contains("avif", "heic", "svg", "jpeg", "png", "webp", "tiff");
        assertThat(made.get("avif")).isEqualTo(9);
        assertThat(made.get("heic")).isEqualTo(3);
        assertThat(made.get("svg")).isEqualTo(3);
    }

    /// With the engines as they work together, and no format named.
    @Test
    void everyFormatOfTheFolderEndsAsItsManifestSays() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Corpus.Entry entry : entries("formats/")) {
            Optional<ImageFormat> format = ImageFormat.sniff(entry.bytes());
            if (format.isPresent()) {
                ending(entry, new SourceImage(format.get(), entry.bytes()))
                        .ifPresent(problem -> problems.add(entry.path() + ": " + problem));
            }
        }
        assertThat(problems).isEmpty();
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

    private static Optional<String> judge(Corpus.Entry entry, Map<String, Integer> made) throws IOException {
        byte[] bytes = entry.bytes();
        Optional<ImageFormat> format = ImageFormat.sniff(bytes);
        if (format.isEmpty()
                || !(result(entry, new SourceImage(format.get(), bytes))
                        instanceof EngineResult.Encoded(EncodedImage image, boolean resized))) {
            return Optional.empty();
        }
        made.merge(format.get().wire(), 1, Integer::sum);
        if (entry.shownWidth() != 0
                && (image.size().width() != entry.shownWidth() || image.size().height() != entry.shownHeight())) {
            return Optional.of("shown as " + image.size());
        }
        return colours(entry, Vips.seen(image.bytes()));
    }

    private static EngineResult result(Corpus.Entry entry, SourceImage source) {
        try {
            return Vips.ENGINE.compress(source, Vips.TO_PNG, ImageLimits.DEFAULT);
        } catch (HalftoneException e) {
            boolean allowed = !entry.kind().startsWith("ok") || entry.kind().startsWith("ok-or");
            assertThat(allowed).as("%s: %s", entry.path(), e.failure()).isTrue();
            return new EngineResult.Declined(e.failure().detail());
        }
    }

    private static Optional<String> colours(Corpus.Entry entry, Picture.Colour seen) throws IOException {
        String reference = SAME_AS.getOrDefault(entry.path(), entry.path());
        List<String> grid = entries(reference).getFirst().grid();
        if (grid.isEmpty() || Math.min(seen.width(), seen.height()) < 64) {
            return Optional.empty();
        }
        int[] found = grid(seen.onWhite().asColour());
        int worst = 0;
        for (int i = 0; i < 27; i++) {
            int wanted = Integer.parseInt(grid.get(i / 3).substring(2 * (i % 3), 2 * (i % 3) + 2), 16);
            worst = Math.max(worst, Math.abs(wanted - found[i]));
        }
        return worst <= TOLERANCE ? Optional.empty() : Optional.of("colours are " + worst + " levels off");
    }

    private static int[] grid(Picture.Colour picture) {
        int[] grid = new int[27];
        for (int cell = 0; cell < 9; cell++) {
            int left = picture.width() * (cell % 3) / 3;
            int right = picture.width() * (cell % 3 + 1) / 3;
            int top = picture.height() * (cell / 3) / 3;
            int bottom = picture.height() * (cell / 3 + 1) / 3;
            for (int channel = 0; channel < 3; channel++) {
                long sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        sum += picture.argb()[y * picture.width() + x] >> 16 - 8 * channel & 255;
                    }
                }
                grid[3 * cell + channel] = (int) (sum / ((long) (right - left) * (bottom - top)));
            }
        }
        return grid;
    }

    private static Optional<String> ending(Corpus.Entry entry, SourceImage source) {
        try {
            EncodedImage image = Vips.CHAIN
                    .compress(source, Compression.DEFAULT, ImageLimits.DEFAULT)
                    .image();
            boolean animated = entry.kind().equals("anim");
            boolean told = image.notes().stream().anyMatch(note -> note.contains("kept as it is"));
            return animated && !told ? Optional.of("flattened silently") : Optional.empty();
        } catch (HalftoneException e) {
            boolean fits = switch (entry.kind()) {
                case "format", "format-clean", "anim" -> e.failure().code() == FailureCode.UNSUPPORTED_FORMAT;
                default -> !entry.kind().startsWith("ok") || entry.kind().startsWith("ok-or");
            };
            return fits ? Optional.empty() : Optional.of(e.failure().toString());
        }
    }
}
