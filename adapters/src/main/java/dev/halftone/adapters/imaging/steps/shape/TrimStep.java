package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Operation;
import java.util.function.Consumer;

/// Cuts off the edges that look like the upper left corner.
public final class TrimStep {
    private TrimStep() {}

    /// @param notes told where the whole picture looks like its corner; it then stays as it is
    public static Picture.Colour run(
            Picture.Colour picture, Operation.Trim trim, Consumer<String> notes, Deadline deadline) {
        int left = picture.width();
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int y = 0; y < picture.height(); y++) {
            deadline.check();
            int first = firstOther(picture, y, trim.tolerance());
            if (first < picture.width()) {
                left = Math.min(left, first);
                right = Math.max(right, lastOther(picture, y, trim.tolerance()));
                top = top < 0 ? y : top;
                bottom = y;
            }
        }
        if (top < 0) {
            notes.accept("trim: the whole picture is of one colour, so nothing was cut off");
            return picture;
        }
        return CropStep.cut(picture, new Box(left, top, right - left + 1, bottom - top + 1));
    }

    private static int firstOther(Picture.Colour picture, int y, int tolerance) {
        int[] argb = picture.argb();
        int x = 0;
        while (x < picture.width() && Argb.difference(argb[y * picture.width() + x], argb[0]) <= tolerance) {
            x++;
        }
        return x;
    }

    private static int lastOther(Picture.Colour picture, int y, int tolerance) {
        int[] argb = picture.argb();
        int x = picture.width() - 1;
        while (x >= 0 && Argb.difference(argb[y * picture.width() + x], argb[0]) <= tolerance) {
            x--;
        }
        return x;
    }
}
