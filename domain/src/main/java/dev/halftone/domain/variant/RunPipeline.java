package dev.halftone.domain.variant;

import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.Map;

/// Runs a pipeline over an image that is not kept, for a caller who waits. Thread-safe; blocks its virtual
/// thread.
public final class RunPipeline {
    private final CpuTurns turns;
    private final EngineChain engines;
    private final ImageLimits limits;

    public RunPipeline(CpuTurns turns, EngineChain engines, ImageLimits limits) {
        this.turns = turns;
        this.engines = engines;
        this.limits = limits;
    }

    /// @param marks the other images that [Pipeline#marks] names
    /// @throws HalftoneException when the pipeline can't be run over the image
    public EncodedImage run(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks)
            throws InterruptedException {
        return turns.take(
                        new TurnOwner() {},
                        CpuTurns.memoryOf(source, pipeline, marks.values()),
                        () -> engines.run(source, pipeline, marks, limits))
                .image();
    }
}
