package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;

/// By how much a picture is made smaller while it is decoded: each block of 8x8 samples becomes one of this
/// many samples a side.
public enum Scale {
    FULL(8),
    HALF(4),
    QUARTER(2),
    EIGHTH(1);

    private final int samples;

    Scale(int samples) {
        this.samples = samples;
    }

    /// Samples a side that come out of one block: 8, 4, 2 or 1.
    public int samples() {
        return samples;
    }

    /// What a width or height becomes, rounded up.
    public int of(int length) {
        return Frame.ceilDiv(length * samples, 8);
    }

    /// The smallest scale at which a picture still has the wanted width and height, or [#FULL].
    public static Scale holding(int width, int height, int wantedWidth, int wantedHeight) {
        Scale best = FULL;
        if (width == wantedWidth && height == wantedHeight) {
            return best;
        }
        for (Scale scale : values()) {
            if (scale.of(width) >= wantedWidth && scale.of(height) >= wantedHeight) {
                best = scale;
            }
        }
        return best;
    }
}
