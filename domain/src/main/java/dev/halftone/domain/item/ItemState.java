package dev.halftone.domain.item;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where an item stands. The last three are final.
public enum ItemState {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELLED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ItemState> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
