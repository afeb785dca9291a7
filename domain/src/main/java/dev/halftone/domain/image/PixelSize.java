package dev.halftone.domain.image;

import java.util.OptionalInt;

/// Width and height in pixels, both at least 1.
public record PixelSize(int width, int height) {

    public PixelSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture has at least 1x1 pixels, not " + width + "x" + height);
        }
    }

    public long pixels() {
        return (long) width * height;
    }

    /// The size with its sides swapped, as after a quarter turn.
    public PixelSize turned() {
        return new PixelSize(height, width);
    }

    /// The largest size of the same shape within the bounds; never larger than this one, never under one pixel.
    public PixelSize within(OptionalInt maxWidth, OptionalInt maxHeight) {
        double scale = Math.min(
                maxWidth.isPresent() ? (double) maxWidth.getAsInt() / width : 1,
                maxHeight.isPresent() ? (double) maxHeight.getAsInt() / height : 1);
        if (scale >= 1) {
            return this;
        }
        return new PixelSize(
                Math.max(1, (int) Math.round(width * scale)), Math.max(1, (int) Math.round(height * scale)));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
