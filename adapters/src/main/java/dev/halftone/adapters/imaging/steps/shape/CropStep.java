package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Operation;
import java.util.Optional;
import java.util.function.Consumer;

/// Cuts a box out.
public final class CropStep {
    private CropStep() {}

    /// @param notes told where the box holds nothing of the picture, which then stays as it is
    public static Picture.Colour run(Picture.Colour picture, Operation.Crop crop, Consumer<String> notes) {
        PixelSize size = new PixelSize(picture.width(), picture.height());
        Optional<Box> box = crop.box().within(size);
        if (box.isEmpty()) {
            Box asked = crop.box();
            notes.accept("crop: a box of %s at %d,%d lies outside the picture of %s, so nothing was cut off"
                    .formatted(asked.size(), asked.left(), asked.top(), size));
            return picture;
        }
        return cut(picture, box.get());
    }

    public static Picture.Colour run(Picture.Colour picture, Operation.CropTo crop) {
        return cut(picture, Box.around(crop.gravity(), crop.size(), new PixelSize(picture.width(), picture.height())));
    }

    /// @param box within the picture
    static Picture.Colour cut(Picture.Colour picture, Box box) {
        if (box.isWhole(new PixelSize(picture.width(), picture.height()))) {
            return picture;
        }
        int[] out = new int[box.width() * box.height()];
        for (int y = 0; y < box.height(); y++) {
            int from = (box.top() + y) * picture.width() + box.left();
            System.arraycopy(picture.argb(), from, out, y * box.width(), box.width());
        }
        return picture.opaque()
                ? new Picture.Colour(box.width(), box.height(), out, true)
                : Picture.Colour.of(box.width(), box.height(), out);
    }
}
