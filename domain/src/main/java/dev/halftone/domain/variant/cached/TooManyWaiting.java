package dev.halftone.domain.variant.cached;

import java.time.Duration;

/// So many variants wait to be made that another one is refused.
public final class TooManyWaiting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooManyWaiting(int most, Duration retryAfter) {
        super("at most " + most + " pictures wait to be made", null, false, false);
        this.retryAfter = retryAfter;
    }

    /// When it is worth trying again.
    public Duration retryAfter() {
        return retryAfter;
    }
}
