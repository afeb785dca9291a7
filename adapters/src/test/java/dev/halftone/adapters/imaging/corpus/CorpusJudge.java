package dev.halftone.adapters.imaging.corpus;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Pipeline;
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
import org.slf4j.LoggerFactory;

/// Judges what comes of a file by its class in the manifest: made or kept at its size and in its colours, or
/// refused for a reason that fits.
final class CorpusJudge {
    private static final Set<FailureCode> REFUSALS = Set.of(
            FailureCode.CORRUPT_IMAGE,
            FailureCode.UNSUPPORTED_FORMAT,
            FailureCode.NOT_AN_IMAGE,
            FailureCode.TOO_MANY_PIXELS,
            FailureCode.PROCESSING_TIMEOUT);

    /// Mean levels that quality 50 may shift a ninth of a picture.
    private static final int TOLERANCE = 16;

    /// The manifest's colours leave the alpha out; everywhere here it is laid on white. The same picture in
    /// another format has them right.
    private static final Map<String, String> SAME_AS =
            Map.of("formats/avif/gen-alpha.avif", "formats/webp/gen-lossy-alpha.webp");

    /// Its numbers mean light itself, as browsers show it; the manifest's colours leave that out.
    private static final String LINEAR = "formats/png/gen-gama-1.0.png";

    private final EngineChain chain;
    private final boolean alone;
    private final LibVips viewer;
    private final Compression compression;

    /// @param alone whether what no engine of the chain takes is another one's, not refused
    /// @param viewer opens what no stock decoder opens
    CorpusJudge(EngineChain chain, boolean alone, LibVips viewer, Compression compression) {
        this.chain = chain;
        this.alone = alone;
        this.viewer = viewer;
        this.compression = compression;
    }

    /// @param ending in a word
    /// @param problem empty where the file ended as it should
    record Verdict(Corpus.Entry entry, String ending, Optional<String> problem) {
        String format() {
            return ImageFormat.sniff(entry.bytes()).map(ImageFormat::wire).orElse("none");
        }

        @Override
        public String toString() {
            return entry.kind() + " " + entry.path() + ": " + problem.orElse(ending);
        }
    }

    List<Verdict> judge(List<Corpus.Entry> entries) throws InterruptedException {
        List<Verdict> verdicts;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Verdict>> running = threads.invokeAll(entries.stream()
                    .map(entry -> (Callable<Verdict>) () -> judged(entry))
                    .toList());
            verdicts = running.stream().map(Future::resultNow).toList();
        }
        report(verdicts);
        return verdicts;
    }

    private static void report(List<Verdict> verdicts) {
        Map<String, Map<String, Long>> classes = verdicts.stream()
                .collect(Collectors.groupingBy(
                        verdict -> verdict.entry.kind(),
                        TreeMap::new,
                        Collectors.groupingBy(Verdict::ending, TreeMap::new, Collectors.counting())));
        classes.forEach((kind, endings) ->
                LoggerFactory.getLogger(CorpusJudge.class).info("corpus class {}: {}", kind, endings));
    }

    private Verdict judged(Corpus.Entry entry) {
        byte[] bytes = entry.bytes();
        Optional<ImageFormat> format = ImageFormat.sniff(bytes);
        if (format.isEmpty()) {
            return refused(entry, FailureCode.NOT_AN_IMAGE, "no magic bytes");
        }
        long start = System.nanoTime();
        try {
            // A conversion is looked at even where it is larger.
            EngineChain.Compressed made = chain.convert(
                    new SourceImage(format.get(), bytes), Pipeline.of(compression), Map.of(), ImageLimits.DEFAULT);
            long millis = (System.nanoTime() - start) / 1_000_000;
            String ending = made.keptOriginal() ? "kept" : "made";
            Optional<String> problem =
                    millis > 10_000 ? Optional.of("took " + millis + " ms") : wrong(entry, bytes, made);
            return new Verdict(entry, ending, problem);
        } catch (HalftoneException e) {
            boolean declined = alone && e.failure().detail().startsWith("no engine takes");
            return declined
                    ? new Verdict(entry, "declined", Optional.empty())
                    : refused(entry, e.failure().code(), e.failure().detail());
        } catch (RuntimeException | Error e) {
            return new Verdict(entry, "threw", Optional.of("threw " + e));
        }
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

    private Optional<String> wrong(Corpus.Entry entry, byte[] source, EngineChain.Compressed made) {
        // The manifest lets an SVG be drawn as long as it reaches nothing, see VipsSvgTest.
        boolean drawn = ImageFormat.sniff(source).orElseThrow() == ImageFormat.SVG;
        if (Set.of("refuse", "limit", "truncated").contains(entry.kind()) && !drawn) {
            return Optional.of("was let through");
        }
        EncodedImage image = made.image();
        if (image.format() == ImageFormat.sniff(source).orElseThrow()
                && image.bytes().length > source.length
                && !exact()) {
            return Optional.of("grew from " + source.length + " to " + image.bytes().length);
        }
        if (List.of("<script", "<?php").stream().anyMatch(text -> TestImages.contains(image.bytes(), text))) {
            return Optional.of("a foreign part survived");
        }
        boolean animated = entry.kind().equals("anim");
        if (animated && image.notes().stream().noneMatch(note -> note.contains("animated") || note.contains("kept"))) {
            return Optional.of("was made a still picture silently");
        }
        if (entry.kind().startsWith("ok-or-")) {
            return Optional.empty();
        }
        return made.keptOriginal() ? size(entry, image) : seen(entry, image);
    }

    private boolean exact() {
        return compression.target() instanceof CompressionTarget.Lossless;
    }

    private Optional<String> seen(Corpus.Entry entry, EncodedImage image) {
        try {
            // TwelveMonkeys' decoder shows some lossy WebP darker than it is.
            boolean stock = image.format() != ImageFormat.AVIF && image.format() != ImageFormat.WEBP;
            BufferedImage seen = StockView.open(stock ? image : asPng(image));
            if (seen.getWidth() != image.size().width()
                    || seen.getHeight() != image.size().height()) {
                return Optional.of("says " + image.size() + " and has " + seen.getWidth() + "x" + seen.getHeight());
            }
            return size(entry, image).or(() -> colours(entry, seen, image.format()));
        } catch (IOException | RuntimeException e) {
            return Optional.of("the output can't be read: " + e);
        }
    }

    /// By libvips itself: our own writer would look for the smallest file.
    private EncodedImage asPng(EncodedImage image) {
        String loader = image.format() == ImageFormat.AVIF ? "heifload_buffer" : "webpload_buffer";
        try (VipsWork work = viewer.work(Deadline.in(ImageLimits.DEFAULT.processing()))) {
            byte[] png =
                    work.save("pngsave_buffer", work.open(loader, image.bytes(), Map.of()), Map.of("compression", 1));
            return EncodedImage.of(ImageFormat.PNG, png, image.size());
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

    private static Optional<String> colours(Corpus.Entry entry, BufferedImage seen, ImageFormat format) {
        List<String> expected =
                Corpus.named(SAME_AS.getOrDefault(entry.path(), entry.path())).grid();
        if (expected.isEmpty() || Math.min(seen.getWidth(), seen.getHeight()) < 64) {
            return Optional.empty();
        }
        int[] grid = StockView.grid(seen);
        // A PNG goes out with its gAMA chunk, which the stock decoder does not heed either.
        boolean light = entry.path().equals(LINEAR) && format != ImageFormat.PNG;
        int worst = 0;
        for (int i = 0; i < 27; i++) {
            int wanted = Integer.parseInt(expected.get(i / 3).substring(2 * (i % 3), 2 * (i % 3) + 2), 16);
            worst = Math.max(worst, Math.abs((light ? shown(wanted) : wanted) - grid[i]));
        }
        return worst <= TOLERANCE ? Optional.empty() : Optional.of("colours are " + worst + " levels off");
    }

    /// By sRGB's curve (IEC 61966-2-1).
    private static int shown(int light) {
        return (int) Math.round(255 * (1.055 * Math.pow(light / 255.0, 1 / 2.4) - 0.055));
    }
}
