package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.function.Consumer;

/// Makes a picture as clear as a matte says, stretched over it by linear interpolation. Colours stay as they
/// are. A picture of which nothing would be left stays whole.
public final class CutOutStep {
    /// As much of full strength that something may be there.
    private static final int SOMETHING = 128;

    private final Picture.Colour picture;
    private final Picture.Grey matte;

    private CutOutStep(Picture.Colour picture, Picture.Grey matte) {
        this.picture = picture;
        this.matte = matte;
    }

    /// @param matte 0 for what becomes clear to 255 for what stays, in any size
    /// @param notes told where the matte has nothing of one of both
    public static Picture.Colour run(
            Picture.Colour picture, Picture.Grey matte, Consumer<String> notes, Deadline deadline) {
        int most = 0;
        int least = 255;
        for (byte sample : matte.samples()) {
            most = Math.max(most, sample & 255);
            least = Math.min(least, sample & 255);
        }
        if (most < SOMETHING) {
            notes.accept("removebackground: the model finds nothing in the foreground, so the background stays");
            return picture;
        }
        if (least >= SOMETHING) {
            notes.accept("removebackground: the model finds no background, so all of the picture stays");
            return picture;
        }
        return new CutOutStep(picture, matte).cut(deadline);
    }

    private Picture.Colour cut(Deadline deadline) {
        int width = picture.width();
        int[] left = new int[width];
        int[] share = new int[width];
        for (int x = 0; x < width; x++) {
            place(x, width, matte.width(), left, share, x);
        }
        int[] above = new int[1];
        int[] part = new int[1];
        int[] argb = picture.argb();
        int[] out = new int[argb.length];
        for (int y = 0, at = 0; y < picture.height(); y++) {
            deadline.check();
            place(y, picture.height(), matte.height(), above, part, 0);
            int upper = above[0] * matte.width();
            int lower = Math.min(above[0] + 1, matte.height() - 1) * matte.width();
            for (int x = 0; x < width; x++, at++) {
                int right = Math.min(left[x] + 1, matte.width() - 1);
                int top = mixed(upper + left[x], upper + right, share[x]);
                int bottom = mixed(lower + left[x], lower + right, share[x]);
                int kept = (top * (256 - part[0]) + bottom * part[0] + (1 << 15)) >> 16;
                int alpha = ((argb[at] >>> 24) * kept + 127) / 255;
                out[at] = alpha == 0 ? 0 : alpha << 24 | argb[at] & 0xffffff;
            }
        }
        return Picture.Colour.of(width, picture.height(), out);
    }

    /// Times 256.
    private int mixed(int one, int other, int share) {
        return (matte.samples()[one] & 255) * (256 - share) + (matte.samples()[other] & 255) * share;
    }

    /// The centre of a pixel among the centres of the matte's: the one before it, and how far beyond, of 256.
    private static void place(int at, int size, int matteSize, int[] before, int[] beyond, int index) {
        double place = Math.clamp((at + 0.5) * matteSize / size - 0.5, 0, matteSize - 1);
        before[index] = (int) place;
        beyond[index] = (int) Math.round(256 * (place - before[index]));
    }
}
