package dev.halftone.adapters.queue;

import java.time.Duration;
import java.util.function.LongSupplier;

/// When the node last reached the database, by the monotonic clock. Thread-safe for one that beats.
final class Pulse {
    private static final Duration FRESH = Duration.ofSeconds(10);

    /// Between two beats: longer, and the node was cut off.
    private static final Duration GAP = Duration.ofSeconds(8);

    /// A node that lives beats every three seconds, and a beat that hangs is given up after four.
    private static final Duration OTHERS_SPEAK = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private volatile long last;
    private volatile long deafUntil;

    Pulse() {
        this(System::nanoTime);
    }

    Pulse(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong();
        this.deafUntil = last;
    }

    void beat() {
        long now = nanos.getAsLong();
        if (now - last > GAP.toNanos()) {
            deafUntil = now + OTHERS_SPEAK.toNanos();
        }
        last = now;
    }

    boolean isFresh() {
        return nanos.getAsLong() - last < FRESH.toNanos();
    }

    /// Whether the silence of others tells something about them, rather than about the database.
    boolean hearsOthers() {
        long now = nanos.getAsLong();
        return now - last <= GAP.toNanos() && now - deafUntil >= 0;
    }
}
