package dev.halftone.domain.item;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Port: the durable queue of slices. Every call joins the transaction it is made in: it happens with it or not
/// at all. Thread-safe.
public interface SliceQueue {

    /// Puts slices at the tail.
    ///
    /// @param delay how long they wait at least
    void schedule(List<Slice> slices, Duration delay);

    /// The runs that still have their slices, and keep them until the transaction ends.
    Set<SliceRun> held(List<SliceRun> runs);

    /// Takes slices that were run out of the queue.
    ///
    /// @return those that were; the others were lost to another worker, and nothing is to be written about them
    Set<SliceRun> complete(List<SliceRun> runs);
}
