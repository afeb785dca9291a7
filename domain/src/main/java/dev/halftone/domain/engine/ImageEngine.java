package dev.halftone.domain.engine;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import java.util.Map;

/// Port: turns source bytes into output bytes. Implementations are thread-safe and CPU-bound; they are called
/// on engine threads only, touch neither network nor disk, and hold nothing between calls that grows with the
/// image.
public interface ImageEngine {

    /// A short name for logs and reports, such as `awt`.
    String name();

    /// Runs a pipeline over one image. For a target in bytes an engine gives the best that fits under
    /// [dev.halftone.domain.pipeline.CompressionTarget#ceiling], or the smallest it can make where nothing
    /// fits; a note on that may begin with the target's `wire()`, else [EngineChain] writes one.
    ///
    /// @param marks the other images that [Pipeline#marks] names
    /// @return what was made, or why this engine leaves the image to the next one; never [EngineResult.Keep]
    /// for a pipeline that changes the picture
    /// @throws HalftoneException when no engine could do better: damaged, over a limit, not an image
    EngineResult run(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits);

    /// Opens an image that several pipelines are to be run over, so that they share what is decoded.
    ///
    /// @param planned the pipelines that will be run, or most of them: what they need of the source is kept
    default OpenedSource open(
            SourceImage source, List<Pipeline> planned, Map<String, SourceImage> marks, ImageLimits limits) {
        return (pipeline, left) -> run(source, pipeline, marks, left);
    }

    /// Checks that no part is missing on this machine that the pipeline needs, before anything is read or put
    /// off.
    ///
    /// @throws HalftoneException with `unsupported_operation`, and what to do
    default void require(Pipeline pipeline) {}

    /// Runs a pipeline without operations.
    default EngineResult compress(SourceImage source, Compression compression, ImageLimits limits) {
        return run(source, Pipeline.of(compression), Map.of(), limits);
    }
}
