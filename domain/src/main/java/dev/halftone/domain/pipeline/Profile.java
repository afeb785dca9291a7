package dev.halftone.domain.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What JPEG output is tuned for. Other formats know one way only.
public enum Profile {
    /// The tables of the Independent JPEG Group; the source's chroma sampling is kept.
    STANDARD,
    /// Fewer bytes at the same or better similarity as `STANDARD` has at the same quality: chroma folded to
    /// 4:2:0 and other tables.
    SMALLEST;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Profile> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
