package dev.halftone.domain.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a batch stands. The last three are final.
public enum BatchState {
    PENDING,
    PROCESSING,
    /// Every item ended and at least one of them well.
    COMPLETED,
    /// Every item failed.
    FAILED,
    CANCELLED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    public static Optional<BatchState> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
