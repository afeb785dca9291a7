package dev.halftone.adapters.imaging.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.adapters.imaging.vips.EngineChoice;
import dev.halftone.adapters.imaging.vips.VipsEngine;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsSearch;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.TargetFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every picture of the shared corpus through each engine and through all of them, judged as its manifest says.
class EnginesCorpusTest {
    private static final AwtEngine AWT = new AwtEngine();
    private static final JpegTranscodeEngine JPEG = new JpegTranscodeEngine();

    /// All that it can do, not only what it does faster.
    private static final VipsEngine VIPS =
            new VipsEngine(VipsSearch.AUTO, EngineChoice.EVERYTHING, AWT, LumaSimilarity::between);

    private static final Compression TO_PNG =
            Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());

    @BeforeAll
    static void isNeeded() {
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
        library();
    }

    private static LibVips library() {
        return assertThat(VipsSearch.in(VipsSearch.AUTO))
                .as("libvips is needed (Debian: apt-get install libvips-tools)")
                .asInstanceOf(type(VipsSearch.Found.Loaded.class))
                .actual()
                .library();
    }

    private static EngineChain chain(ImageEngine... engines) {
        return new EngineChain(List.of(engines), new ContainerOriginalKeeper(), System::nanoTime);
    }

    private static List<CorpusJudge.Verdict> judged(
            EngineChain chain, boolean alone, Compression compression, List<Corpus.Entry> entries)
            throws InterruptedException {
        List<CorpusJudge.Verdict> verdicts = new CorpusJudge(chain, alone, library(), compression).judge(entries);
        assertThat(verdicts)
                .filteredOn(verdict -> verdict.problem().isPresent())
                .isEmpty();
        return verdicts;
    }

    private static Map<String, Long> made(List<CorpusJudge.Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.ending().equals("made"))
                .collect(Collectors.groupingBy(CorpusJudge.Verdict::format, Collectors.counting()));
    }

    private static List<Corpus.Entry> in(String... folders) throws IOException {
        return Corpus.images().stream()
                .filter(entry -> List.of(folders).stream().anyMatch(entry.path()::startsWith))
                .toList();
    }

    // --- the engine that needs no library

    @Test
    void everyFileEndsAsItsManifestSaysWithTheEngineThatIsAlwaysThere() throws Exception {
        judged(chain(AWT), false, Compression.DEFAULT, Corpus.images());
    }

    /// What is passed on by default is only seen in colour when it is converted.
    @Test
    void everyFormatIsConvertedInItsColoursByTheEngineThatIsAlwaysThere() throws Exception {
        Map<String, Long> made = made(judged(chain(AWT), false, TO_PNG, in("formats/")));
        assertThat(made.keySet()).contains("jpeg", "png", "webp", "gif", "bmp", "tiff", "ico");
    }

    // --- libvips

    @Test
    void everyPictureComesOutUprightAndInItsColoursOfLibvips() throws Exception {
        Compression jpeg = Compression.DEFAULT.withFormat(TargetFormat.JPEG).withQuality(90);
        judged(chain(VIPS), true, jpeg, in("exif-orientation/"));
        Map<String, Long> made = made(judged(chain(VIPS), true, TO_PNG, in("formats/")));
        assertThat(made)
                .containsEntry("avif", 9L)
                .containsEntry("heic", 3L)
                .containsEntry("svg", 3L)
                .containsKeys("jpeg", "png", "webp", "tiff");
    }

    /// Everything that any engine reads.
    @Test
    void everyFormatBecomesAnAvifInItsColours() throws Exception {
        Compression avif = Compression.DEFAULT.withFormat(TargetFormat.AVIF).withQuality(60);
        Map<String, Long> made = made(judged(chain(VIPS, AWT), false, avif, in("formats/")));
        assertThat(made.keySet()).contains("jpeg", "png", "webp", "gif", "bmp", "tiff", "ico", "heic", "svg");
    }

    // --- JPEG without pixels

    @Test
    void everyJpegThatNeedsNoPixelsEndsAsItsManifestSays() throws Exception {
        List<Corpus.Entry> jpegs = Corpus.images().stream()
                .filter(entry -> ImageFormat.sniff(entry.bytes())
                        .filter(ImageFormat.JPEG::equals)
                        .isPresent())
                .toList();
        assertThat(made(judged(chain(JPEG), true, Compression.DEFAULT, jpegs)))
                .hasEntrySatisfying("jpeg", made -> assertThat(made).isGreaterThan(100));
    }

    // --- as they work together

    @Test
    void everyFileEndsAsItsManifestSaysWithAllEngines() throws Exception {
        judged(
                chain(JPEG, VIPS, AWT),
                false,
                Compression.DEFAULT,
                in("formats/", "exif-orientation/", "jpeg-conformance/", "hostile/"));
    }

    @Test
    void everyFormatIsConvertedInItsColoursByAllEngines() throws Exception {
        VipsEngine faster = new VipsEngine(VipsSearch.AUTO, EngineChoice.FASTER, AWT, LumaSimilarity::between);
        judged(
                chain(JPEG, faster, AWT),
                false,
                Compression.DEFAULT.withFormat(TargetFormat.WEBP).withQuality(80),
                in("formats/"));
    }
}
