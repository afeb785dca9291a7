package dev.halftone.adapters.queue;

import java.time.Duration;

/// When the node last reached the database, by the monotonic clock.
final class Pulse {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private volatile long last = System.nanoTime();

    void beat() {
        last = System.nanoTime();
    }

    boolean isFresh() {
        return System.nanoTime() - last < FRESH.toNanos();
    }
}
