package dev.halftone.domain.image;

/// A step on a format's own quality scale, 1 (smallest file) to 100; for JPEG the scale of the Independent JPEG
/// Group.
public record Quality(int value) {

    public static final Quality DEFAULT = new Quality(50);

    public Quality {
        if (value < 1 || value > 100) {
            throw new IllegalArgumentException("quality is 1 to 100, not " + value);
        }
    }
}
