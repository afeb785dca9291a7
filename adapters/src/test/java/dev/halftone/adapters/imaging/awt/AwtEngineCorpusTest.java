package dev.halftone.adapters.imaging.awt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every picture of the shared corpus through the engine, judged as its manifest's class says.
class AwtEngineCorpusTest {
    private static final Set<FailureCode> REFUSALS = Set.of(
            FailureCode.CORRUPT_IMAGE,
            FailureCode.UNSUPPORTED_FORMAT,
            FailureCode.NOT_AN_IMAGE,
            FailureCode.TOO_MANY_PIXELS,
            FailureCode.PROCESSING_TIMEOUT);

    /// Mean levels that quality 50 may shift a ninth of a picture.
    private static final int TOLERANCE = 16;

    private static final EngineChain PIXELS = new EngineChain(List.of(new AwtEngine()), new ContainerOriginalKeeper());
    private static final EngineChain BOTH =
            new EngineChain(List.of(new JpegTranscodeEngine(), new AwtEngine()), new ContainerOriginalKeeper());

    /// @param problem empty where the file ended as it should
    private record Verdict(Corpus.Entry entry, String ending, Optional<String> problem) {}

    @Test
    void everyFileEndsAsItsClassSays() throws Exception {
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
        judgeAll(PIXELS, Corpus.images(), Compression.DEFAULT);
    }

    /// With the engine in front that turns and recompresses JPEGs without pixels.
    @Test
    void everyJpegEndsAsItsClassSaysWithBothEngines() throws Exception {
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
        judgeAll(
                BOTH,
                Corpus.images().stream()
                        .filter(entry -> ImageFormat.sniff(entry.bytes())
                                .filter(ImageFormat.JPEG::equals)
                                .isPresent())
                        .toList(),
                Compression.DEFAULT);
    }

    /// What is passed on by default is only seen in colour when it is converted.
    @Test
    void everyFormatConvertsToPngInItsColours() throws Exception {
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
        Set<ImageFormat> passedOn =
                Set.of(ImageFormat.GIF, ImageFormat.BMP, ImageFormat.TIFF, ImageFormat.ICO, ImageFormat.WEBP);
        judgeAll(
                PIXELS,
                Corpus.images().stream()
                        .filter(entry -> ImageFormat.sniff(entry.bytes())
                                .filter(passedOn::contains)
                                .isPresent())
                        .toList(),
                Compression.DEFAULT.withFormat(TargetFormat.PNG).withQuality(80));
    }

    private void judgeAll(EngineChain chain, List<Corpus.Entry> entries, Compression compression)
            throws InterruptedException {
        List<Verdict> verdicts;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Verdict>> running = threads.invokeAll(entries.stream()
                    .map(entry -> (Callable<Verdict>) () -> judged(chain, entry, compression))
                    .toList());
            verdicts = running.stream().map(Future::resultNow).toList();
        }
        report(verdicts);
        assertThat(verdicts.stream()
                        .filter(verdict -> verdict.problem.isPresent())
                        .map(verdict ->
                                verdict.entry.kind() + " " + verdict.entry.path() + ": " + verdict.problem.get()))
                .isEmpty();
    }

    private static void report(List<Verdict> verdicts) {
        Map<String, Map<String, Long>> classes = verdicts.stream()
                .collect(Collectors.groupingBy(
                        verdict -> verdict.entry.kind(),
                        TreeMap::new,
                        Collectors.groupingBy(Verdict::ending, TreeMap::new, Collectors.counting())));
        classes.forEach((kind, endings) -> org.slf4j.LoggerFactory.getLogger(AwtEngineCorpusTest.class)
                .info("corpus class {}: {}", kind, endings));
    }

    private static Verdict judged(EngineChain chain, Corpus.Entry entry, Compression compression) {
        byte[] bytes = entry.bytes();
        Optional<ImageFormat> format = ImageFormat.sniff(bytes);
        if (format.isEmpty()) {
            return refused(entry, FailureCode.NOT_AN_IMAGE, "no magic bytes");
        }
        long start = System.nanoTime();
        try {
            EngineChain.Compressed made =
                    run(chain, new SourceImage(format.get(), bytes), compression, ImageLimits.DEFAULT);
            long millis = (System.nanoTime() - start) / 1_000_000;
            String ending = made.keptOriginal() ? "kept" : "compressed";
            Optional<String> problem =
                    millis > 10_000 ? Optional.of("took " + millis + " ms") : wrong(entry, bytes, made);
            return new Verdict(entry, ending, problem);
        } catch (HalftoneException e) {
            return refused(entry, e.failure().code(), e.failure().detail());
        } catch (RuntimeException | Error e) {
            return new Verdict(entry, "threw", Optional.of("threw " + e));
        }
    }

    /// A conversion is looked at even where it came out larger and would not be delivered.
    private static EngineChain.Compressed run(
            EngineChain chain, SourceImage source, Compression compression, ImageLimits limits) {
        return compression.format() == TargetFormat.PNG
                        && new AwtEngine().compress(source, compression, limits)
                                instanceof EngineResult.Encoded(EncodedImage image, boolean resized)
                ? new EngineChain.Compressed(image, false)
                : chain.compress(source, compression, limits);
    }

    private static Verdict refused(Corpus.Entry entry, FailureCode code, String detail) {
        Set<FailureCode> fitting = switch (entry.kind()) {
            case "ok", "ok-clean", "orient", "orient-none" -> Set.of();
            case "format", "format-clean", "jpeg-process", "anim" ->
                Set.of(FailureCode.UNSUPPORTED_FORMAT, FailureCode.NOT_AN_IMAGE);
            case "limit", "limit-by-policy" -> Set.of(FailureCode.TOO_MANY_PIXELS, FailureCode.UNSUPPORTED_FORMAT);
            case "truncated" -> Set.of(FailureCode.CORRUPT_IMAGE, FailureCode.NOT_AN_IMAGE);
            default -> REFUSALS;
        };
        return new Verdict(
                entry,
                code.wire(),
                fitting.contains(code) ? Optional.empty() : Optional.of(code.wire() + ", " + detail));
    }

    private static Optional<String> wrong(Corpus.Entry entry, byte[] source, EngineChain.Compressed made) {
        if (Set.of("refuse", "limit", "truncated").contains(entry.kind())) {
            return Optional.of("was let through");
        }
        EncodedImage image = made.image();
        if (image.format() == ImageFormat.sniff(source).orElseThrow() && image.bytes().length > source.length) {
            return Optional.of("grew from " + source.length + " to " + image.bytes().length);
        }
        if (List.of("<script", "<?php").stream().anyMatch(text -> TestImages.contains(image.bytes(), text))) {
            return Optional.of("a foreign part survived");
        }
        if (entry.kind().startsWith("ok-or-")) {
            return Optional.empty();
        }
        if (made.keptOriginal()) {
            return size(entry, image);
        }
        try {
            BufferedImage seen = StockView.open(image);
            if (seen.getWidth() != image.size().width()
                    || seen.getHeight() != image.size().height()) {
                return Optional.of("says " + image.size() + " and has " + seen.getWidth() + "x" + seen.getHeight());
            }
            return size(entry, image).or(() -> colours(entry, seen));
        } catch (IOException | RuntimeException e) {
            return Optional.of("the output can't be read: " + e);
        }
    }

    private static Optional<String> size(Corpus.Entry entry, EncodedImage image) {
        boolean same = entry.shownWidth() == 0
                || entry.shownWidth() == image.size().width()
                        && entry.shownHeight() == image.size().height();
        return same
                ? Optional.empty()
                : Optional.of(
                        "shown as " + image.size() + ", expected " + entry.shownWidth() + "x" + entry.shownHeight());
    }

    private static Optional<String> colours(Corpus.Entry entry, BufferedImage seen) {
        if (entry.grid().isEmpty() || Math.min(seen.getWidth(), seen.getHeight()) < 64) {
            return Optional.empty();
        }
        int[] grid = StockView.grid(seen);
        int worst = 0;
        for (int i = 0; i < 27; i++) {
            int wanted = Integer.parseInt(entry.grid().get(i / 3).substring(2 * (i % 3), 2 * (i % 3) + 2), 16);
            worst = Math.max(worst, Math.abs(wanted - grid[i]));
        }
        return worst <= TOLERANCE ? Optional.empty() : Optional.of("colours are " + worst + " levels off");
    }
}
