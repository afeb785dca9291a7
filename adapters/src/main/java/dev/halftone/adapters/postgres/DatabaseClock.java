package dev.halftone.adapters.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The database's time, kept up by this machine's monotonic clock: what this machine's wall clock says, or
/// jumps to, changes nothing. Thread-safe.
public final class DatabaseClock implements InstantSource {
    private volatile Reading last;

    private record Reading(Instant database, long nanos) {}

    public DatabaseClock(Instant now) {
        this.last = new Reading(now, System.nanoTime());
    }

    /// Takes over a time that was just read from the database.
    public void sync(Instant now) {
        last = new Reading(now, System.nanoTime());
    }

    @Override
    public Instant instant() {
        Reading reading = last;
        return reading.database().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
    }
}
