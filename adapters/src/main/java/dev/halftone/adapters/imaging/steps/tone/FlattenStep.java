package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Rgba;
import java.util.Arrays;

/// Lays a picture on a colour; the colour itself, where it is not opaque, on white.
public final class FlattenStep {
    private FlattenStep() {}

    public static Picture.Colour run(Picture.Colour picture, Operation.Flatten flatten) {
        if (picture.opaque()) {
            return picture;
        }
        int ground = Argb.over(flatten.background().argb(), Rgba.WHITE.argb());
        int[] argb = picture.argb();
        int[] out = new int[argb.length];
        Arrays.setAll(out, i -> Argb.over(argb[i], ground));
        return new Picture.Colour(picture.width(), picture.height(), out, true);
    }
}
