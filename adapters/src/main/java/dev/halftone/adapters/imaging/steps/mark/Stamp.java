package dev.halftone.adapters.imaging.steps.mark;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Placing;

/// Lays one picture on another, at one place or at many.
final class Stamp {
    private Stamp() {}

    /// @param opacity 0 to 1, by which the mark's alpha is multiplied
    static Picture.Colour on(
            Picture.Colour picture, Picture.Colour mark, Placing placing, double opacity, Deadline deadline) {
        int[] out = picture.argb().clone();
        int[] faded = mark.argb().clone();
        for (int i = 0; i < faded.length; i++) {
            faded[i] = Argb.faded(faded[i], opacity);
        }
        for (int top : placing.tops()) {
            deadline.check();
            int first = Math.max(0, -top);
            int last = Math.min(mark.height(), picture.height() - top);
            for (int left : placing.lefts()) {
                for (int y = first; y < last; y++) {
                    row(faded, y * mark.width(), mark.width(), out, (top + y) * picture.width(), picture.width(), left);
                }
            }
        }
        return picture.opaque()
                ? new Picture.Colour(picture.width(), picture.height(), out, true)
                : Picture.Colour.of(picture.width(), picture.height(), out);
    }

    private static void row(int[] mark, int from, int length, int[] out, int to, int width, int left) {
        for (int x = Math.max(0, -left); x < Math.min(length, width - left); x++) {
            out[to + left + x] = Argb.over(mark[from + x], out[to + left + x]);
        }
    }
}
