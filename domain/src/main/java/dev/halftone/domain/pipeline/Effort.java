package dev.halftone.domain.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How much CPU time the same quality may cost.
public enum Effort {
    /// As fast as it goes.
    FAST,
    /// Fewer bytes for several times the work: for JPEG a rate-distortion trellis, whatever the
    /// [Profile].
    BEST;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Effort> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
