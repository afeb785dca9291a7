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

    /// Takes over a time that was read from the database within the last `roundTrip`: the database's time is
    /// between the two by now, and so is this clock's. An answer that was long on its way, over a connection that
    /// hung, does not set it back.
    public void sync(Instant read, Duration roundTrip) {
        Instant own = instant();
        Instant latest = read.plus(roundTrip);
        Instant set = own.isBefore(read) ? read : own.isAfter(latest) ? latest : own;
        last = new Reading(set, System.nanoTime());
    }

    @Override
    public Instant instant() {
        Reading reading = last;
        return reading.database().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
    }
}
