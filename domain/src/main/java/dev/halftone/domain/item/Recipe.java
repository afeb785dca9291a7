package dev.halftone.domain.item;

import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.rendition.Rendition;
import java.util.List;

/// What is made of every image of a batch. Immutable.
///
/// @param compression of the main output
/// @param renditions further outputs, made of the source as well
public record Recipe(Compression compression, List<Rendition> renditions) {

    public Recipe {
        renditions = List.copyOf(renditions);
    }

    /// The main output alone.
    public static Recipe of(Compression compression) {
        return new Recipe(compression, List.of());
    }
}
