package dev.halftone.adapters.imaging.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.Seen;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.corpus.Corpus;
import dev.halftone.adapters.imaging.vips.EngineChoice;
import dev.halftone.adapters.imaging.vips.VipsEngine;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// The pixel engines make the same pictures, within the distances below, and those that people reviewed. With
/// `-Dhalftone.looks=write` the file is written anew instead: look at `adapters/target/engines.png` before it
/// is committed; a failure draws it, too. What libvips declines has no line of its own.
class EnginesAgreeTest {
    /// Bits of 64 to what was reviewed: other versions of libvips and its codecs round otherwise.
    private static final int TO_FILE = 2;

    /// Bits between the engines, which scale with other kernels.
    private static final int TO_EACH_OTHER = 4;

    /// Mean distance in CIELAB over nine cells.
    private static final double COLOUR = 1.5;

    private static final int ALPHA = 4;

    private static final AwtEngine AWT = new AwtEngine();
    private static final VipsEngine VIPS =
            new VipsEngine("auto", EngineChoice.EVERYTHING, AWT, LumaSimilarity::between);
    private static final List<ImageEngine> ENGINES = List.of(AWT, VIPS);

    @Test
    void everyPictureIsTheReviewedOneWithBothEngines() throws IOException {
        assertThat(VipsEngine.isActive("auto")).as("libvips is needed").isTrue();
        Looks reviewed = Looks.read();
        Looks found = Looks.none();
        ContactSheet sheet =
                new ContactSheet(ENGINES.stream().map(ImageEngine::name).toList());
        List<String> problems = new ArrayList<>();
        for (AgreementCases.Case one : AgreementCases.all()) {
            Map<String, Seen> seen = seen(one.source(), one.pipeline(), AgreementCases.marks());
            Map<String, Appearance> looks = new LinkedHashMap<>();
            seen.forEach((engine, picture) -> looks.put(engine, Appearance.of(picture)));
            looks.forEach((engine, look) -> found.put(one.name(), engine, look));
            problems.addAll(apart(one.name(), looks));
            sheet.add(one.name(), seen);
        }
        if (Looks.isToBeWritten()) {
            found.write();
        } else {
            problems.addAll(found.differencesTo(reviewed, TO_FILE, COLOUR, ALPHA));
        }
        if (Looks.isToBeWritten() || !problems.isEmpty()) {
            sheet.write(Path.of(System.getProperty("halftone.root", "."), "adapters", "target", "engines.png"));
        }
        assertThat(problems).isEmpty();
    }

    /// Without a file: nothing of the corpus is kept here.
    @Test
    void everyPictureOfTheCorpusLooksAlikeWithBothEngines() throws IOException {
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
        Pipeline small = new Pipeline(
                List.of(new Operation.Resize(
                        OptionalInt.of(96), OptionalInt.of(96), Fit.MAX, Gravity.CENTER, Rgba.CLEAR)),
                Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless()));
        List<String> problems = new ArrayList<>();
        int compared = 0;
        for (Corpus.Entry entry : Corpus.images()) {
            boolean wanted = entry.path().startsWith("formats/");
            Optional<ImageFormat> format = wanted ? ImageFormat.sniff(entry.bytes()) : Optional.empty();
            if (format.isPresent()) {
                Map<String, Appearance> looks = new LinkedHashMap<>();
                seen(new SourceImage(format.get(), entry.bytes()), small, Map.of())
                        .forEach((engine, picture) -> looks.put(engine, Appearance.of(picture)));
                compared += looks.size() == 2 ? 1 : 0;
                problems.addAll(apart(entry.path(), looks));
            }
        }
        assertThat(problems).isEmpty();
        assertThat(compared).isGreaterThan(60);
    }

    private static Map<String, Seen> seen(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (ImageEngine engine : ENGINES) {
            try {
                if (engine.run(source, pipeline, marks, ImageLimits.DEFAULT)
                        instanceof EngineResult.Encoded(EncodedImage image, boolean resized)) {
                    boolean avif = image.format() == ImageFormat.AVIF;
                    seen.put(engine.name(), avif ? opened(image) : Seen.of(new EngineResult.Encoded(image, resized)));
                }
            } catch (HalftoneException refused) {
                // Whether it may be is another test's.
                assertThat(refused.failure().retryable()).isFalse();
            }
        }
        return seen;
    }

    private static Seen opened(EncodedImage avif) {
        Compression exact =
                Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());
        return Seen.of(VIPS.compress(new SourceImage(avif.format(), avif.bytes()), exact, ImageLimits.DEFAULT));
    }

    private static List<String> apart(String name, Map<String, Appearance> looks) {
        List<Appearance> both = List.copyOf(looks.values());
        return both.size() < 2
                ? List.of()
                : Looks.difference(both.getFirst(), both.getLast(), TO_EACH_OTHER, COLOUR, ALPHA)
                        .map(difference -> name + ": awt and vips " + difference)
                        .stream()
                        .toList();
    }
}
