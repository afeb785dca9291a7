package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Fitting;
import dev.halftone.domain.pipeline.Operation;

/// Brings a picture to a size, as [Fitting] says.
public final class ResizeStep {
    private ResizeStep() {}

    /// @param size of the picture; its pixels may be fewer where it was decoded smaller
    public static Picture.Colour run(
            Picture.Colour picture, PixelSize size, Operation.Resize resize, Deadline deadline) {
        Fitting fitting = Fitting.of(size, resize);
        Picture.Colour scaled = Resampling.to(picture, fitting.scaled(), fitting.window(), deadline);
        return PadStep.on(fitting.canvas(), resize.background(), scaled, fitting.left(), fitting.top());
    }

    /// Another size of the whole picture.
    public static Picture.Colour to(Picture.Colour picture, PixelSize size, Deadline deadline) {
        return Resampling.to(picture, size, dev.halftone.domain.pipeline.Box.whole(size), deadline);
    }
}
