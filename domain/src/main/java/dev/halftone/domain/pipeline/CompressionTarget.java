package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.Quality;

/// What "compress by half" means: always one named meaning.
public sealed interface CompressionTarget {

    /// The format's own quality scale. A source that is already coarser keeps its own step.
    record ToQuality(Quality quality) implements CompressionTarget {}
}
