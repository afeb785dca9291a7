package dev.halftone.adapters.imaging.steps.mark;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.steps.shape.ResizeStep;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Placing;

/// Lays another picture on a picture.
public final class PictureMarkStep {
    private PictureMarkStep() {}

    /// @param image what is laid on the picture, upright and in sRGB
    public static Picture.Colour run(
            Picture.Colour picture, Operation.PictureMark mark, Picture.Colour image, Deadline deadline) {
        PixelSize canvas = new PixelSize(picture.width(), picture.height());
        PixelSize size = Placing.sizeOf(new PixelSize(image.width(), image.height()), canvas, mark.scale());
        Picture.Colour scaled = ResizeStep.to(image, size, deadline);
        return Stamp.on(
                picture,
                scaled,
                Placing.of(canvas, size, mark.placement()),
                mark.placement().opacity(),
                deadline);
    }
}
