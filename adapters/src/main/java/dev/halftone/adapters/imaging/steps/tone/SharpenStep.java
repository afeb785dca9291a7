package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Operation;

/// An unsharp mask on luma: each sample of a pixel moves by the same, so that colours do not shift.
public final class SharpenStep {
    private SharpenStep() {}

    public static Picture.Colour run(Picture.Colour picture, Operation.Sharpen sharpen, Deadline deadline) {
        int width = picture.width();
        int[] argb = picture.argb();
        int[] out = new int[argb.length];
        Smoothing.run(
                2,
                width,
                picture.height(),
                sharpen.sigma(),
                (y, row) -> {
                    for (int x = 0, at = y * width; x < width; x++, at++) {
                        row[2 * x] = argb[at] >>> 24;
                        row[2 * x + 1] = Argb.luma(argb[at]) * (argb[at] >>> 24);
                    }
                },
                (y, row) -> {
                    for (int x = 0, at = y * width; x < width; x++, at++) {
                        float around = row[2 * x] > 0 ? row[2 * x + 1] / row[2 * x] : 0;
                        out[at] = moved(argb[at], (float) sharpen.amount() * (Argb.luma(argb[at]) - around));
                    }
                },
                deadline);
        return new Picture.Colour(width, picture.height(), out, picture.opaque());
    }

    private static int moved(int pixel, float by) {
        return pixel >>> 24 == 0
                ? pixel
                : pixel & 0xff000000
                        | Argb.sample((pixel >> 16 & 255) + by) << 16
                        | Argb.sample((pixel >> 8 & 255) + by) << 8
                        | Argb.sample((pixel & 255) + by);
    }
}
