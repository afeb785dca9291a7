package dev.halftone.domain.engine;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.image.SourceImage;
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

    /// The same for work that belongs to no batch: whoever it is done for waits in turn with the batches.
    default <T> T take(PublicId owner, long bytes, Supplier<T> work) throws InterruptedException {
        return take(new BatchId(owner), bytes, work);
    }

    /// Decoded pixels dominate; the header tells them only to the engine, so the file's size stands in:
    /// photographs decode to about ten times their bytes.
    static long memoryOf(SourceImage source) {
        return 12L * source.bytes().length;
    }
}
