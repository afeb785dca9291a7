package dev.halftone.domain.access;

/// How much a key may ask for.
///
/// @param requestsAMinute on each node; 0 for any number
/// @param imagesADay of CSVs and uploads, from midnight to midnight UTC; 0 for any number
public record KeyLimits(int requestsAMinute, long imagesADay) {
    /// Of a key that has no limits of its own, where the operator sets none.
    public static final KeyLimits DEFAULT = new KeyLimits(1_200, 5_000_000);

    public static final KeyLimits NONE = new KeyLimits(0, 0);

    public KeyLimits {
        if (requestsAMinute < 0 || imagesADay < 0) {
            throw new IllegalArgumentException("a limit is 0 or more");
        }
    }
}
