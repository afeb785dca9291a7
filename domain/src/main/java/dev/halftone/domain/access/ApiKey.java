package dev.halftone.domain.access;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What is known of a key; not the key itself.
///
/// @param number its own, never used again
/// @param name what people call it; of the keys that are not revoked, no two share one
/// @param owner whose data it shows; keys may share an owner
/// @param hint how it begins
/// @param rate its own requests a minute, in place of the default
/// @param quota its own images a day, in place of the default
/// @param lastUsed to the minute
public record ApiKey(
        long number,
        String name,
        Owner owner,
        String hint,
        OptionalInt rate,
        OptionalLong quota,
        Instant created,
        Optional<Instant> lastUsed,
        Optional<Instant> revoked) {

    /// @param defaults for what it has none of its own
    public KeyLimits limits(KeyLimits defaults) {
        return new KeyLimits(rate.orElse(defaults.requestsAMinute()), quota.orElse(defaults.imagesADay()));
    }
}
