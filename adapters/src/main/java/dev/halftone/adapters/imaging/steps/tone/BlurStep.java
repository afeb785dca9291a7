package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Operation;

/// A Gaussian blur. Colours are weighted by their alpha, so that what is clear does not darken what is not.
public final class BlurStep {
    private BlurStep() {}

    public static Picture.Colour run(Picture.Colour picture, Operation.Blur blur, Deadline deadline) {
        int width = picture.width();
        int[] out = new int[width * picture.height()];
        Smoothing.run(
                4,
                width,
                picture.height(),
                blur.sigma(),
                (y, row) -> Argb.unpack(picture.argb(), y * width, width, row),
                (y, row) -> Argb.pack(row, out, y * width, width),
                deadline);
        return picture.opaque()
                ? new Picture.Colour(width, picture.height(), out, true)
                : Picture.Colour.of(width, picture.height(), out);
    }
}
