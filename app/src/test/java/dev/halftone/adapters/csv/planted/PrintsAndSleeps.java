package dev.halftone.adapters.csv.planted;

import java.time.Instant;

/// Breaks the rule on printing, sleeping and the clock.
public final class PrintsAndSleeps {
    public Instant now() {
        return Instant.now();
    }
}
