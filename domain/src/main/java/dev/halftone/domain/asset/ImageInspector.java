package dev.halftone.domain.asset;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;

/// Port: looks into an image. Thread-safe and CPU-bound, called on engine threads only.
public interface ImageInspector {

    /// Checks that the image is one that can be worked with, and finds out about it. Metadata never fails an
    /// image.
    ///
    /// @throws HalftoneException when it is damaged, over a limit, or of a format that is only recognised
    Inspected inspect(SourceImage source, ImageLimits limits);

    /// @param size as shown: with its EXIF orientation applied
    record Inspected(PixelSize size, ImageFacts facts) {}
}
