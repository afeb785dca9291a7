package dev.halftone.adapters.imaging.vips;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Pipeline;

/// Which work libvips is given where another engine could do it too.
@FunctionalInterface
public interface EngineChoice {
    /// Under this a JPEG is shrunk as fast by our own decoder.
    long LARGE_JPEG = 4_000_000;

    /// @param source its format
    /// @param shown its size
    boolean takes(ImageFormat source, PixelSize shown, Pipeline pipeline);

    /// All that it can do.
    EngineChoice EVERYTHING = (source, shown, pipeline) -> true;

    /// What it does in much less CPU time at no other cost, as measured (docs/performance.md): pictures that
    /// are made smaller. Writing the same pixels as WebP takes as long elsewhere, being the same library, and
    /// palettes of PNG take fewer bytes for the same likeness there. Our own decoder leaves more of a JPEG's
    /// coefficients out, so it keeps those that are made to half their sides or less.
    EngineChoice FASTER = (source, shown, pipeline) -> {
        PixelSize first = VipsSteps.firstScale(pipeline, shown);
        boolean smaller = 2 * first.pixels() <= shown.pixels();
        boolean halved = 2 * first.width() <= shown.width() && 2 * first.height() <= shown.height();
        return smaller && (source != ImageFormat.JPEG || shown.pixels() >= LARGE_JPEG && !halved);
    };
}
