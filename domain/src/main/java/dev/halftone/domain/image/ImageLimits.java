package dev.halftone.domain.image;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;

/// What one image may cost, decided from its header before any pixel is decoded.
///
/// @param maxBytes size of the file
/// @param maxPixels width times height, as stored
/// @param maxSide the longer side in pixels
/// @param processing wall-clock time of decoding and encoding one output together, by whatever engines
public record ImageLimits(long maxBytes, long maxPixels, int maxSide, Duration processing) {

    public static final ImageLimits DEFAULT = new ImageLimits(25L << 20, 50_000_000, 16_383, Duration.ofSeconds(30));

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxSide < 1 || !processing.isPositive()) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    public ImageLimits withMaxBytes(long bytes) {
        return new ImageLimits(bytes, maxPixels, maxSide, processing);
    }

    public ImageLimits withMaxPixels(long pixels) {
        return new ImageLimits(maxBytes, pixels, maxSide, processing);
    }

    /// What is left when some of the time is spent.
    ///
    /// @throws HalftoneException with `processing_timeout` when that is none
    public ImageLimits after(Duration spent) {
        if (spent.compareTo(processing) >= 0) {
            throw HalftoneException.of(
                    FailureCode.PROCESSING_TIMEOUT,
                    "decoding and encoding took longer than " + Math.ceil(processing.toMillis() / 100.0) / 10 + " s");
        }
        return new ImageLimits(maxBytes, maxPixels, maxSide, processing.minus(spent));
    }

    /// @throws HalftoneException with `too_large`
    public void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw HalftoneException.of(
                    FailureCode.TOO_LARGE, "the file has " + bytes + " bytes, the limit is " + maxBytes);
        }
    }

    /// @throws HalftoneException with `too_many_pixels`
    public void checkPixels(long width, long height) {
        if (width > maxSide || height > maxSide || width * height > maxPixels) {
            throw HalftoneException.of(
                    FailureCode.TOO_MANY_PIXELS,
                    "the picture is " + width + "x" + height + ", the limit is " + maxPixels + " pixels and " + maxSide
                            + " a side");
        }
    }
}
