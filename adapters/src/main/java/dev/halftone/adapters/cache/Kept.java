package dev.halftone.adapters.cache;

import dev.halftone.domain.variant.cached.CachedVariant;
import java.time.Duration;
import java.time.Instant;

/// A variant and when it was made.
record Kept(CachedVariant variant, Instant made) {

    boolean isOver(Duration lifetime, Instant now) {
        return !made.plus(lifetime).isAfter(now);
    }
}
