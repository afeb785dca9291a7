package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.ImageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The format asked for: the source's own, or one by name.
public enum TargetFormat {
    KEEP(Optional.empty()),
    JPEG(Optional.of(ImageFormat.JPEG)),
    PNG(Optional.of(ImageFormat.PNG)),
    WEBP(Optional.of(ImageFormat.WEBP)),
    AVIF(Optional.of(ImageFormat.AVIF));

    private final Optional<ImageFormat> format;

    TargetFormat(Optional<ImageFormat> format) {
        this.format = format;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The format the output has, given the source's.
    public ImageFormat over(ImageFormat source) {
        return format.orElse(source);
    }

    public static Optional<TargetFormat> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
