package dev.halftone.adapters.imaging.jpeg.codec.scaled;

/// What the components of a frame are; the file's application data tell, and the caller has read them.
public enum Colours {
    /// One component.
    GRAY,
    /// Three, as JFIF has them.
    YCBCR,
    /// Three that need no conversion.
    RGB,
    /// Four, CMYK or YCCK, left as they are stored.
    FOUR;

    int components() {
        return switch (this) {
            case GRAY -> 1;
            case YCBCR, RGB -> 3;
            case FOUR -> 4;
        };
    }
}
