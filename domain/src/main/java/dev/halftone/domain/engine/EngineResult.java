package dev.halftone.domain.engine;

import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.PixelSize;

/// What one engine says of one image.
public sealed interface EngineResult {

    /// The image was made anew.
    ///
    /// @param resized whether the output has other dimensions than the source as shown
    record Encoded(EncodedImage image, boolean resized) implements EngineResult {}

    /// The image is best delivered as it came: animated, or of a format that is passed on.
    ///
    /// @param shown its size as a viewer shows it
    /// @param note one line that says why
    record Keep(PixelSize shown, String note) implements EngineResult {}

    /// Not this engine's image; the next one in the chain may take it.
    record Declined(String reason) implements EngineResult {}
}
