package dev.halftone.domain.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What happens to a file some of whose rows can't be used.
public enum InvalidRows {
    /// The file is refused with the complete list of problems; nothing is stored.
    REJECT,
    /// The good rows run; the bad ones come back in the output CSV with an empty cell and their reason.
    SKIP;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<InvalidRows> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst();
    }
}
