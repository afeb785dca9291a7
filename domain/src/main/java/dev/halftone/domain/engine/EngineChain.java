package dev.halftone.domain.engine;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/// The engines in order of preference, and the rule that no output is ever larger than its source. Thread-safe
/// when its engines are.
public final class EngineChain {
    private final List<ImageEngine> engines;
    private final OriginalKeeper originals;
    private final LongSupplier nanos;

    /// @param nanos a clock such as [System#nanoTime], for the time that all engines have together
    public EngineChain(List<ImageEngine> engines, OriginalKeeper originals, LongSupplier nanos) {
        this.engines = List.copyOf(engines);
        this.originals = originals;
        this.nanos = nanos;
    }

    /// @param limits whose time is for all engines together: what one that declines took is not there for the
    /// next
    /// @throws HalftoneException when no engine takes the image, or the one that does finds it unusable
    public Compressed compress(SourceImage source, Compression compression, ImageLimits limits) {
        return run(source, Pipeline.of(compression), Map.of(), limits);
    }

    /// @param marks the other images that [Pipeline#marks] names
    /// @throws HalftoneException as [#compress]
    public Compressed run(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
        return run(source, pipeline, marks, limits, false);
    }

    /// As [#run], but a format that was asked for by name is delivered even where it makes the file larger.
    ///
    /// @throws HalftoneException as [#compress]
    public Compressed convert(
            SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
        return run(source, pipeline, marks, limits, true);
    }

    /// Checks that no part is missing on this machine that the pipeline needs.
    ///
    /// @throws HalftoneException with `unsupported_operation`
    public void require(Pipeline pipeline) {
        engines.forEach(engine -> engine.require(pipeline));
    }

    private Compressed run(
            SourceImage source,
            Pipeline pipeline,
            Map<String, SourceImage> marks,
            ImageLimits limits,
            boolean converts) {
        return run(source, pipeline, limits, converts, (engine, left) -> engine.run(source, pipeline, marks, left));
    }

    private Compressed run(
            SourceImage source,
            Pipeline pipeline,
            ImageLimits limits,
            boolean converts,
            BiFunction<ImageEngine, ImageLimits, EngineResult> by) {
        Compression compression = pipeline.output();
        long begun = nanos.getAsLong();
        List<String> reasons = new ArrayList<>();
        for (ImageEngine engine : engines) {
            ImageLimits left = limits.after(Duration.ofNanos(nanos.getAsLong() - begun));
            switch (by.apply(engine, left)) {
                case EngineResult.Encoded encoded -> {
                    boolean converted = converts && encoded.image().format() != source.format();
                    return pipeline.changesPicture() || converted
                            ? made(source, encoded.image(), compression)
                            : chosen(source, encoded, compression);
                }
                case EngineResult.Keep keep -> {
                    EncodedImage original = originals.keep(source, keep.shown(), compression.metadata());
                    return kept(source, noted(original, keep.note()), compression);
                }
                case EngineResult.Declined declined -> reasons.add(engine.name() + ": " + declined.reason());
            }
        }
        throw HalftoneException.of(
                FailureCode.UNSUPPORTED_FORMAT,
                "no engine takes this " + source.format().wire() + " (" + String.join("; ", reasons) + ")");
    }

    /// Opens an image that several pipelines without marks are to be run over.
    ///
    /// @param planned the pipelines to come
    public Opened open(SourceImage source, List<Pipeline> planned, ImageLimits limits) {
        return new Opened(source, planned, limits);
    }

    /// An image whose decoded pixels are shared by the pipelines that are run over it. For one thread.
    public final class Opened implements AutoCloseable {
        private final SourceImage source;
        private final List<Pipeline> planned;
        private final ImageLimits limits;
        private final Map<ImageEngine, OpenedSource> byEngine = new HashMap<>();

        private Opened(SourceImage source, List<Pipeline> planned, ImageLimits limits) {
            this.source = source;
            this.planned = List.copyOf(planned);
            this.limits = limits;
        }

        /// @param converts whether a format that was asked for is delivered even where it makes the file larger
        /// @throws HalftoneException as [#compress]; the other pipelines can be run all the same
        public Compressed run(Pipeline pipeline, boolean converts) {
            return EngineChain.this.run(
                    source,
                    pipeline,
                    limits,
                    converts,
                    (engine, left) -> byEngine.computeIfAbsent(engine, one -> one.open(source, planned, Map.of(), left))
                            .run(pipeline, left));
        }

        @Override
        public void close() {
            byEngine.values().forEach(OpenedSource::close);
        }
    }

    /// A resized picture is delivered whatever its size: the dimensions were asked for, the original would not
    /// have them. An original that meets a target in bytes, once its metadata is cut out, is delivered as it
    /// is: any recompression would lose quality for nothing. [Compression#minSavings] goes before a target.
    private Compressed chosen(SourceImage source, EngineResult.Encoded encoded, Compression compression) {
        EncodedImage candidate = encoded.image();
        if (encoded.resized()) {
            return made(source, candidate, compression);
        }
        OptionalLong ceiling = compression.target().ceiling(source.bytes().length);
        if (ceiling.isPresent() && candidate.format() == source.format()) {
            EncodedImage original = originals.keep(source, candidate.size(), compression.metadata());
            boolean smaller = original.bytes().length <= candidate.bytes().length;
            if (original.bytes().length <= ceiling.getAsLong()) {
                return new Compressed(noted(original, compression.target().metAlready()), true);
            }
            if (smaller) {
                return kept(source, original, compression);
            }
        }
        double wanted = source.bytes().length * (1 - compression.minSavings() / 100.0);
        boolean pays = candidate.bytes().length <= wanted && candidate.bytes().length < source.bytes().length;
        if (pays) {
            return made(source, candidate, compression);
        }
        EncodedImage original = originals.keep(source, candidate.size(), compression.metadata());
        boolean withheld = ceiling.isPresent()
                && candidate.bytes().length <= ceiling.getAsLong()
                && original.bytes().length > ceiling.getAsLong();
        return withheld
                ? new Compressed(
                        noted(
                                original,
                                compression.target().wire() + " not met: less than minSavings="
                                        + compression.minSavings() + " would be saved, so the original is kept"),
                        true)
                : kept(source, original, compression);
    }

    /// An engine may have told more of a target that it missed than can be told here.
    private static Compressed made(SourceImage source, EncodedImage image, Compression compression) {
        boolean told = image.notes().stream()
                .anyMatch(note -> note.startsWith(compression.target().wire()));
        return new Compressed(told ? image : withMiss(source, image, compression.target()), false);
    }

    private static Compressed kept(SourceImage source, EncodedImage original, Compression compression) {
        return new Compressed(withMiss(source, original, compression.target()), true);
    }

    private static EncodedImage withMiss(SourceImage source, EncodedImage image, CompressionTarget target) {
        OptionalLong ceiling = target.ceiling(source.bytes().length);
        int bytes = image.bytes().length;
        return ceiling.isPresent() && bytes > ceiling.getAsLong()
                ? noted(image, target.missedBy(bytes, ceiling.getAsLong()))
                : image;
    }

    private static EncodedImage noted(EncodedImage image, String note) {
        List<String> notes = new ArrayList<>(image.notes());
        notes.add(note);
        return new EncodedImage(image.format(), image.bytes(), image.size(), notes);
    }

    /// What is delivered.
    ///
    /// @param keptOriginal whether the picture data is the source's own
    public record Compressed(EncodedImage image, boolean keptOriginal) {}
}
