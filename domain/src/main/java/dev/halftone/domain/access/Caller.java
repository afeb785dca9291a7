package dev.halftone.domain.access;

import java.util.Optional;

/// Who asks for something: an owner, and what the key that was shown still allows.
///
/// @param allowance empty without a key, or without a quota
public record Caller(Owner owner, Optional<Allowance> allowance) {
    /// Whoever needs no key.
    public static final Caller LOCAL = new Caller(Owner.LOCAL, Optional.empty());

    /// How many images a key may hand in.
    ///
    /// @param key its number
    /// @param imagesADay from midnight to midnight UTC, at least 1
    public record Allowance(long key, long imagesADay) {}

    /// @param defaults for what the key has none of its own
    public static Caller with(ApiKey key, KeyLimits defaults) {
        long quota = key.limits(defaults).imagesADay();
        return new Caller(key.owner(), quota == 0 ? Optional.empty() : Optional.of(new Allowance(key.number(), quota)));
    }
}
