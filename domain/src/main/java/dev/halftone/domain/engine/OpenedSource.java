package dev.halftone.domain.engine;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.pipeline.Pipeline;

/// An image that several pipelines are run over; an engine keeps here what they share, the decoded pixels above
/// all. For one thread; holds memory until it is closed.
@FunctionalInterface
public interface OpenedSource extends AutoCloseable {

    /// As [ImageEngine#run]; a failure of one pipeline leaves the others possible.
    ///
    /// @param limits whose time is for this pipeline
    /// @throws HalftoneException when no engine could do better
    EngineResult run(Pipeline pipeline, ImageLimits limits);

    @Override
    default void close() {}
}
