package dev.halftone.domain.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Counts requests by who makes them, each against a rate of its own, in the memory of this node. Those who have
/// not asked for a minute are forgotten. Thread-safe.
///
/// @param <K> by what is counted: a key's number, or an address
public final class Rates<K> {
    private static final int SWEEP = 10_000;

    private final InstantSource clock;
    private final Map<K, TokenBucket> buckets = new HashMap<>();
    private int sweepAt = SWEEP;

    public Rates(InstantSource clock) {
        this.clock = clock;
    }

    /// @param aMinute the rate; 0 for any
    /// @return how long to wait before asking again, where it was too much
    public synchronized Optional<Duration> take(K who, int aMinute) {
        if (aMinute == 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        TokenBucket bucket = buckets.get(who);
        if (bucket == null || bucket.aMinute() != aMinute) {
            sweep(now);
            bucket = new TokenBucket(aMinute, now);
            buckets.put(who, bucket);
        }
        return bucket.take(now);
    }

    synchronized int known() {
        return buckets.size();
    }

    /// Only when their number has doubled, so that a flood of new ones costs each of them little.
    private void sweep(Instant now) {
        if (buckets.size() >= sweepAt) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
            sweepAt = Math.max(SWEEP, buckets.size() * 2);
        }
    }
}
