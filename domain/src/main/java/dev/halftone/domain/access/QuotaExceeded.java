package dev.halftone.domain.access;

import java.time.Duration;

/// A key has handed in as many images today as it may; nothing was stored.
public final class QuotaExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long quota;
    private final long used;
    private final long asked;
    private final Duration wait;

    /// @param quota images a day
    /// @param used so far today
    /// @param asked on top of those
    /// @param wait until the next day begins
    public QuotaExceeded(long quota, long used, long asked, Duration wait) {
        super("the quota of %d images a day is used up: %d so far, %d more".formatted(quota, used, asked));
        this.quota = quota;
        this.used = used;
        this.asked = asked;
        this.wait = wait;
    }

    public long quota() {
        return quota;
    }

    public long used() {
        return used;
    }

    public long asked() {
        return asked;
    }

    public Duration retryAfter() {
        return wait;
    }
}
