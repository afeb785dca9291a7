package dev.halftone.domain.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What of a source's metadata goes out. The colour profile is never metadata in this sense: colours do not
/// shift.
public enum MetadataPolicy {
    /// Nothing.
    STRIP,
    /// The copyright and artist entries alone.
    COPYRIGHT,
    /// All of it, except an orientation that was applied to the pixels.
    KEEP;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MetadataPolicy> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
