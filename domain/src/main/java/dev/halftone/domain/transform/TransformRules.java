package dev.halftone.domain.transform;

import dev.halftone.domain.image.ImageFormat;
import java.util.List;
import java.util.Set;

/// What an operator allows, and what the service can do.
///
/// @param presetsOnly whether a transform is named by a preset and by nothing else
/// @param written formats that some engine writes
public record TransformRules(Presets presets, boolean presetsOnly, Set<ImageFormat> written) {

    public TransformRules {
        written = Set.copyOf(written);
    }

    /// The formats that are written, by the names that addresses have for them.
    public List<String> formats() {
        return WireFormat.names(written);
    }
}
