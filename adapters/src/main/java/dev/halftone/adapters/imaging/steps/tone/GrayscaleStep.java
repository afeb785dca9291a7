package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;

/// Takes the colours away: each pixel becomes the grey of its luma by Rec. 709.
public final class GrayscaleStep {
    private GrayscaleStep() {}

    public static Picture.Colour run(Picture.Colour picture) {
        int[] argb = picture.argb();
        int[] out = new int[argb.length];
        Arrays.setAll(out, i -> argb[i] & 0xff000000 | Argb.sample(Argb.luma(argb[i])) * 0x010101);
        return new Picture.Colour(picture.width(), picture.height(), out, picture.opaque());
    }
}
