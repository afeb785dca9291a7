package dev.halftone.domain.engine;

import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.MetadataPolicy;

/// Port: delivers an original whose pixels stay untouched. What the metadata policy forbids is cut out of the
/// file at the byte level (segments, chunks, bytes after the end); the compressed picture data is copied, so
/// nothing is lost.
public interface OriginalKeeper {

    /// @param shown the size as a viewer shows it, orientation applied
    EncodedImage keep(SourceImage source, PixelSize shown, MetadataPolicy policy);
}
