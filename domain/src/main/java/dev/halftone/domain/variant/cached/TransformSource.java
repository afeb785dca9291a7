package dev.halftone.domain.variant.cached;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.OriginalKeeper;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.transform.Parameter;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformRefused;
import java.util.HashMap;
import java.util.Map;

/// Takes a source through a transform. Blocks its thread; thread-safe.
public final class TransformSource {
    private final EngineChain engines;
    private final OriginalKeeper originals;
    private final CpuTurns turns;
    private final OpenAsset marks;
    private final ImageLimits limits;

    /// All transforms share one place in the row for CPU turns, beside each batch's.
    private enum Owner implements TurnOwner {
        TRANSFORMS
    }

    public TransformSource(
            EngineChain engines, OriginalKeeper originals, CpuTurns turns, OpenAsset marks, ImageLimits limits) {
        this.engines = engines;
        this.originals = originals;
        this.turns = turns;
        this.marks = marks;
        this.limits = limits;
    }

    /// @param shown the source's size, upright
    /// @throws TransformRefused when this source has no such part, or a mark is not there
    public CachedVariant of(SourceImage source, PixelSize shown, TransformQuery query) throws InterruptedException {
        if (query.original()) {
            return turns.take(
                    Owner.TRANSFORMS,
                    2L * source.bytes().length,
                    () -> CachedVariant.of(originals.keep(source, shown, MetadataPolicy.STRIP)));
        }
        Pipeline pipeline = query.over(source.format(), shown);
        PixelSize largest = pipeline.largest(shown);
        limits.checkPixels(largest.width(), largest.height());
        Map<String, SourceImage> laid = marksOf(pipeline);
        return turns.take(
                Owner.TRANSFORMS,
                CpuTurns.memoryOf(source, pipeline, laid.values()),
                () -> CachedVariant.of((query.hasFormat()
                                ? engines.convert(source, pipeline, laid, limits)
                                : engines.run(source, pipeline, laid, limits))
                        .image()));
    }

    private Map<String, SourceImage> marksOf(Pipeline pipeline) {
        Map<String, SourceImage> found = new HashMap<>();
        for (String id : pipeline.marks()) {
            found.put(
                    id,
                    AssetId.parse(id)
                            .flatMap(marks::open)
                            .orElseThrow(() -> new TransformRefused(Parameter.MARK, "there is no image " + id)));
        }
        return found;
    }
}
