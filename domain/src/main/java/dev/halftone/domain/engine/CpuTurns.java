package dev.halftone.domain.engine;

import dev.halftone.domain.image.SourceImage;
import java.util.function.Supplier;

/// Port: hands out turns on the few threads that burn CPU, in turn over the owners that wait (batches, and the
/// transforms of the service together), within a memory budget.
public interface CpuTurns {

    /// Runs the work on an engine thread and waits for it.
    ///
    /// @param owner whose turn it is: waiting owners are served round-robin
    /// @param bytes what the work will hold in memory at its peak, as an estimate
    /// @throws RuntimeException what the work threw, unchanged
    <T> T take(TurnOwner owner, long bytes, Supplier<T> work) throws InterruptedException;

    /// Decoded pixels dominate; the header tells them only to the engine, so the file's size stands in:
    /// photographs decode to about ten times their bytes.
    static long memoryOf(SourceImage source) {
        return 12L * source.bytes().length;
    }
}
