package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.PixelSize;

/// A rectangle of a picture, in pixels from its upper left corner.
public record Box(int left, int top, int width, int height) {

    public Box {
        if (left < 0 || top < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a box of %dx%d at %d,%d is none of a picture".formatted(width, height, left, top));
        }
    }

    public static Box whole(PixelSize size) {
        return new Box(0, 0, size.width(), size.height());
    }

    /// A box of this size, or as much of it as there is, around a point.
    public static Box around(Gravity point, PixelSize wanted, PixelSize in) {
        int width = Math.min(wanted.width(), in.width());
        int height = Math.min(wanted.height(), in.height());
        return new Box(
                Gravity.offset(point.x(), in.width(), width),
                Gravity.offset(point.y(), in.height(), height),
                width,
                height);
    }

    public PixelSize size() {
        return new PixelSize(width, height);
    }

    public boolean isWhole(PixelSize of) {
        return width == of.width() && height == of.height();
    }

    /// What of the box lies in the picture; empty where nothing does.
    public java.util.Optional<Box> within(PixelSize picture) {
        int right = (int) Math.min((long) left + width, picture.width());
        int bottom = (int) Math.min((long) top + height, picture.height());
        return left >= right || top >= bottom
                ? java.util.Optional.empty()
                : java.util.Optional.of(new Box(left, top, right - left, bottom - top));
    }
}
