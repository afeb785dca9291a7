package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.PixelSize;
import java.util.ArrayList;
import java.util.List;

/// Where a watermark lies on a picture: at each of the lefts with each of the tops. Pure arithmetic, so that every
/// engine does the same. A place may be negative, and what stands over the picture's edges is cut off.
public record Placing(List<Integer> lefts, List<Integer> tops) {
    /// A picture that is laid on another is enlarged no further.
    private static final double MOST_ENLARGED = 4;

    public Placing {
        lefts = List.copyOf(lefts);
        tops = List.copyOf(tops);
    }

    /// @param mark size of what is laid on the picture
    public static Placing of(PixelSize picture, PixelSize mark, Operation.Placement placement) {
        Gravity gravity = placement.gravity();
        int left = along(gravity.x(), picture.width(), mark.width(), placement.margin());
        int top = along(gravity.y(), picture.height(), mark.height(), placement.margin());
        return placement.tiled()
                ? new Placing(
                        repeated(left, picture.width(), mark.width(), placement.margin()),
                        repeated(top, picture.height(), mark.height(), placement.margin()))
                : new Placing(List.of(left), List.of(top));
    }

    /// The size with which a picture is laid on another: the wanted share of its width, but no more than four times
    /// as large as it is, and no taller than the other.
    public static PixelSize sizeOf(PixelSize mark, PixelSize picture, double scale) {
        double factor = Math.min(scale * picture.width() / mark.width(), MOST_ENLARGED);
        factor = Math.min(factor, (double) picture.height() / mark.height());
        return new PixelSize((int) Math.max(1, Math.round(mark.width() * factor)), (int)
                Math.max(1, Math.round(mark.height() * factor)));
    }

    /// Within the margins where there is room, else within the picture.
    private static int along(double at, int whole, int length, int margin) {
        long room = (long) whole - length - 2L * margin;
        return room >= 0 ? (int) (margin + Math.floor(room * at)) : (int) Math.floor((whole - length) * at);
    }

    /// The margin is the gap between the repeats, too; one of them lies where the only one would.
    private static List<Integer> repeated(int place, int whole, int length, int gap) {
        int step = length + gap;
        List<Integer> places = new ArrayList<>();
        for (int at = Math.floorMod(place, step) - step; at < whole; at += step) {
            if (at + length > 0) {
                places.add(at);
            }
        }
        return places;
    }
}
