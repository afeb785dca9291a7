package dev.halftone.adapters.imaging.vips;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Pipeline;

/// Which work libvips is given where another engine could do it too.
@FunctionalInterface
public interface EngineChoice {
    /// Under this a JPEG is shrunk as fast by our own decoder, which leaves coefficients out as well.
    long LARGE_JPEG = 4_000_000;

    /// @param source its format
    /// @param shown its size
    boolean takes(ImageFormat source, PixelSize shown, Pipeline pipeline);

    /// All that it can do.
    EngineChoice EVERYTHING = (source, shown, pipeline) -> true;

    /// What it does at least twice as fast at no other cost, as measured (docs/performance.md): pictures that are
    /// made smaller. Writing the same pixels as WebP takes as long elsewhere, being the same library, and palettes
    /// of PNG take fewer bytes for the same likeness there.
    EngineChoice FASTER = (source, shown, pipeline) -> {
        boolean smaller = 2 * VipsSteps.firstScale(pipeline, shown).pixels() <= shown.pixels();
        return smaller && (source != ImageFormat.JPEG || shown.pixels() >= LARGE_JPEG);
    };
}
