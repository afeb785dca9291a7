package dev.halftone.domain.batch;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.failure.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Port: stops batches and sets them going again, whatever runs of them on any node. To who does not own it, a
/// batch is unknown. Thread-safe.
public interface BatchControl {

    /// How many failed images of a batch that still runs are tried again at a time: more of them would stand in
    /// front of other batches.
    int MOST_WHILE_RUNNING = 20_000;

    /// Stops a batch: what waits is cancelled, what is being processed comes to its end, and then the batch
    /// does.
    Stopped cancel(Owner owner, BatchId id);

    /// Has images that failed tried again, as if never tried before; a batch that ended runs, and ends, once
    /// more.
    ///
    /// @param codes which failures; empty for all
    Resumed retry(Owner owner, BatchId id, Set<FailureCode> codes);

    /// Stops a batch and makes it unknown to everyone but [PurgeBatch]; nothing of it is written any more.
    ///
    /// @return whether there was such a batch
    boolean bury(Owner owner, BatchId id);

    /// Batches that were buried and not yet purged.
    List<BatchId> buried();

    /// Whether nobody reads what is kept for a batch that was buried. Once true it stays so: who comes later does
    /// not find the batch.
    boolean isUnread(BatchId id);

    /// Buries batches that have expired and that nobody reads; one whose webhook has still to be told waits.
    Buried buryExpired(int limit);

    /// Buries batches that ended longer ago than this, read or not.
    ///
    /// @param owner whose; without, everybody's
    Buried buryFinished(Optional<Owner> owner, Duration age, int limit);

    /// How many batches ended longer ago than this.
    ///
    /// @param owner whose; without, everybody's
    Tally finished(Optional<Owner> owner, Duration age);

    /// @param objects of all of them, the uploads among them
    record Buried(List<BatchId> batches, long objects) {
        public Buried {
            batches = List.copyOf(batches);
        }
    }

    /// @param objects of all of them, the uploads among them
    record Tally(long batches, long objects) {}

    /// How a wish to stop a batch ended.
    sealed interface Stopped {
        /// It is stopped, or was before; what is still being processed ends it.
        record Stopping(Batch batch) implements Stopped {}

        /// It had ended already.
        record Over(Batch batch) implements Stopped {}

        record Unknown() implements Stopped {}
    }

    /// How a wish to try again ended.
    sealed interface Resumed {
        /// @param items how many are tried again, repeats of an address counted
        record Going(Batch batch, long items) implements Resumed {}

        /// It was cancelled: it is not to go on.
        record Cancelled(Batch batch) implements Resumed {}

        record Unknown() implements Resumed {}
    }
}
