package dev.halftone.adapters.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Every image of the shared corpus ends as its manifest says.
class ImageCorpusTest {
    private static final EngineChain CHAIN = new EngineChain(List.of(new AwtEngine()), new ContainerOriginalKeeper());
    private static final int TOLERANCE = 16;
    private static final Set<FailureCode> UNSUPPORTED =
            EnumSet.of(FailureCode.UNSUPPORTED_FORMAT, FailureCode.NOT_AN_IMAGE);

    /// How an image ended: an output, or a code with its detail.
    private record End(Optional<EngineChain.Compressed> made, Optional<FailureCode> code, String detail) {}

    private static End end(byte[] bytes) {
        Optional<ImageFormat> format = ImageFormat.sniff(bytes);
        if (format.isEmpty()) {
            return new End(Optional.empty(), Optional.of(FailureCode.NOT_AN_IMAGE), "no known magic bytes");
        }
        try {
            return new End(
                    Optional.of(CHAIN.compress(
                            new SourceImage(format.get(), bytes), Compression.DEFAULT, ImageLimits.DEFAULT)),
                    Optional.empty(),
                    "");
        } catch (HalftoneException e) {
            return new End(
                    Optional.empty(),
                    Optional.of(e.failure().code()),
                    e.failure().detail());
        }
    }

    @Test
    void everyImageEndsAsItsManifestSays() throws IOException {
        if (!ImageCorpus.isThere()) {
            System.out.println("corpus: no images beside the checkout; their suite is left out");
            return;
        }
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        Map<String, Integer> ends = new TreeMap<>();
        ImageCorpus.images().parallelStream().forEach(entry -> {
            try {
                End end = end(entry.bytes());
                List<String> faults = faults(entry, end);
                faults.forEach(fault -> wrong.add(entry + ": " + fault));
                String how = end.code()
                        .map(FailureCode::wire)
                        .orElse(end.made()
                                .map(one -> one.keptOriginal() ? "kept" : "compressed")
                                .orElse(""));
                synchronized (ends) {
                    ends.merge(entry.kind() + " → " + how, 1, Integer::sum);
                }
            } catch (Throwable e) {
                wrong.add(entry + ": threw " + e);
            }
        });
        ends.forEach((how, count) -> System.out.println("corpus: " + count + " × " + how));
        assertThat(wrong).isEmpty();
    }

    private static List<String> faults(ImageCorpus.Entry entry, End end) throws IOException {
        List<String> faults = new ArrayList<>();
        boolean made = end.made().isPresent();
        String found =
                end.code().map(code -> code.wire() + " (" + end.detail() + ")").orElse("an output");
        switch (entry.kind()) {
            case "ok", "ok-clean", "orient", "orient-none" -> {
                if (!made) {
                    faults.add("must decode, was " + found);
                }
            }
            case "format", "format-clean", "jpeg-process" -> {
                if (!made && !UNSUPPORTED.contains(end.code().orElseThrow())) {
                    faults.add("must decode or be unsupported, was " + found);
                }
            }
            case "anim" -> {
                if (made && !end.made().get().keptOriginal()) {
                    faults.add("was flattened");
                }
            }
            case "truncated", "refuse", "limit" -> {
                if (made) {
                    faults.add("must be refused");
                }
            }
            case "ok-or-refuse", "ok-or-limit", "limit-by-policy" -> {}
            default -> faults.add("unknown class " + entry.kind());
        }
        if (made) {
            faults.addAll(pictureFaults(entry, end.made().get()));
        }
        return faults;
    }

    private static List<String> pictureFaults(ImageCorpus.Entry entry, EngineChain.Compressed made) throws IOException {
        EncodedImage image = made.image();
        List<String> faults = new ArrayList<>();
        if (image.bytes().length > entry.bytes().length) {
            faults.add("grew from " + entry.bytes().length + " to " + image.bytes().length);
        }
        boolean sized = entry.shownWidth().isPresent() && entry.shownHeight().isPresent();
        if (sized
                && (image.size().width() != entry.shownWidth().get()
                        || image.size().height() != entry.shownHeight().get())
                && !entry.kind().startsWith("ok-or")) {
            faults.add("is " + image.size() + ", not " + entry.shownWidth().get() + "x"
                    + entry.shownHeight().get());
        }
        boolean compressed = !made.keptOriginal() && !entry.kind().startsWith("ok-or");
        boolean large = image.size().width() >= 64 && image.size().height() >= 64;
        if (compressed && large && entry.grid().isPresent() && image.format() != ImageFormat.WEBP) {
            BufferedImage shown = Colours.shown(image);
            int distance = Colours.distance(shown, entry.grid().get());
            if (distance > TOLERANCE) {
                faults.add("colours are " + distance + " off");
            }
        }
        return faults;
    }
}
