package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Rgba;
import java.util.Arrays;

/// Adds edges. What is clear in the picture stays clear.
public final class PadStep {
    private PadStep() {}

    public static Picture.Colour run(Picture.Colour picture, Operation.Pad pad) {
        PixelSize canvas =
                new PixelSize(picture.width() + pad.left() + pad.right(), picture.height() + pad.top() + pad.bottom());
        return on(canvas, pad.background(), picture, pad.left(), pad.top());
    }

    static Picture.Colour on(PixelSize canvas, Rgba background, Picture.Colour picture, int left, int top) {
        if (canvas.width() == picture.width() && canvas.height() == picture.height()) {
            return picture;
        }
        int[] out = new int[canvas.width() * canvas.height()];
        Arrays.fill(out, background.argb());
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(
                    picture.argb(), y * picture.width(), out, (top + y) * canvas.width() + left, picture.width());
        }
        return new Picture.Colour(canvas.width(), canvas.height(), out, picture.opaque() && background.alpha() == 255);
    }
}
