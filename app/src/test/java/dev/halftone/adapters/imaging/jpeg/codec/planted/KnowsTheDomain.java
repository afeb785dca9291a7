package dev.halftone.adapters.imaging.jpeg.codec.planted;

import dev.halftone.domain.image.ImageFormat;

/// Breaks the rule that the codec needs nothing but the JDK's base.
public final class KnowsTheDomain {
    public Class<?> know() {
        return ImageFormat.class;
    }
}
