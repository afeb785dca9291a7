package dev.halftone.domain.engine;

import dev.halftone.domain.batch.BatchId;
import java.util.function.Supplier;

/// Port: hands out turns on the few threads that burn CPU, in turn over the batches that wait, within a memory
/// budget.
public interface CpuTurns {

    /// Runs the work on an engine thread and waits for it.
    ///
    /// @param batch whose turn it is: waiting batches are served round-robin
    /// @param bytes what the work will hold in memory at its peak, as an estimate
    /// @throws RuntimeException what the work threw, unchanged
    <T> T take(BatchId batch, long bytes, Supplier<T> work) throws InterruptedException;
}
