package dev.halftone.domain.engine;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;

/// Port: tells a picture's size from its header, before any pixel is decoded. Thread-safe; cheap enough for any
/// thread.
@FunctionalInterface
public interface HeaderReader {

    /// @return the size as shown: with its EXIF orientation applied
    /// @throws HalftoneException when the image is damaged, over a limit, or of a format that is only
    /// recognised
    PixelSize shown(SourceImage source, ImageLimits limits);
}
