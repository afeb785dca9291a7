package dev.halftone.domain.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A bucket that holds a minute's worth of tokens, is full at first, and fills evenly. Who has not asked for a
/// while may ask in a burst; over any longer time the rate holds. Not thread-safe.
final class TokenBucket {
    private static final double SECONDS = 60;

    private final int aMinute;
    private double tokens;
    private Instant filled;

    /// @param aMinute at least 1
    TokenBucket(int aMinute, Instant now) {
        if (aMinute < 1) {
            throw new IllegalArgumentException("at least one a minute");
        }
        this.aMinute = aMinute;
        this.tokens = aMinute;
        this.filled = now;
    }

    int aMinute() {
        return aMinute;
    }

    /// Takes a token.
    ///
    /// @return how long to wait for one, where there is none
    Optional<Duration> take(Instant now) {
        fill(now);
        if (tokens >= 1) {
            tokens -= 1;
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) Math.ceil((1 - tokens) * SECONDS * 1000 / aMinute)));
    }

    boolean isFull(Instant now) {
        fill(now);
        return tokens >= aMinute;
    }

    /// A clock that was set back fills nothing and empties nothing.
    private void fill(Instant now) {
        if (now.isAfter(filled)) {
            double seconds = Duration.between(filled, now).toMillis() / 1000.0;
            tokens = Math.min(aMinute, tokens + seconds * aMinute / SECONDS);
        }
        filled = now;
    }
}
