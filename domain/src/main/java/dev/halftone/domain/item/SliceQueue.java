package dev.halftone.domain.item;

import java.time.Duration;
import java.util.List;

/// Port: the durable queue of slices. Every call joins the transaction it is made in: it happens with it or not
/// at all. Thread-safe.
public interface SliceQueue {

    /// Puts slices at the tail.
    ///
    /// @param delay how long they wait at least
    void schedule(List<Slice> slices, Duration delay);

    /// Whether the run still has its slice, and keeps it until the transaction ends.
    boolean holds(SliceRun run);

    /// Takes a slice that was run out of the queue.
    ///
    /// @return false when the run has lost its slice to another worker; then nothing is to be written about it
    boolean complete(SliceRun run);
}
