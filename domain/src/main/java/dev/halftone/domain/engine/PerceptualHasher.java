package dev.halftone.domain.engine;

import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.SourceImage;
import java.util.Optional;

/// Port: tells what an image looks like. Thread-safe and CPU-bound, called on engine threads only.
@FunctionalInterface
public interface PerceptualHasher {

    /// Empty where the image's pixels can't be decoded; never fails an image.
    Optional<PerceptualHash> hash(SourceImage image, ImageLimits limits);
}
