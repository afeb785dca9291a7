package dev.halftone.domain.audit;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Port: what the database says, for those who check it. Reads only, a page at a time: memory does not grow with
/// what is kept. Thread-safe.
public interface Ledger {

    /// The database's own id, see [dev.halftone.domain.stock.Strays#stock].
    String stock();

    /// Batches in the order in which they came; those that were deleted are not among them.
    ///
    /// @param after the last of the page before
    List<BatchId> batches(Optional<BatchId> after, int limit);

    /// Empty for a batch that is not there, or was deleted.
    Optional<BatchEntry> batch(BatchId id);

    /// Every object that a row names, in pages.
    ///
    /// @param batch only this one's; without, those of all batches and images
    void named(Optional<BatchId> batch, Consumer<List<NamedObject>> page);

    /// Whether a row names this object now, with these bytes and this hash.
    boolean names(NamedObject object);

    /// Of these objects, those that no row names now. Objects of what is being deleted count as named.
    Set<ObjectKey> unnamed(Collection<ObjectKey> keys);

    /// What does not hold about jobs, their events and deletions.
    Rest rest();

    /// @param jobs how many jobs there are
    /// @param openJobs how many of them have not ended
    /// @param images how many images there are
    record Rest(long jobs, long openJobs, long images, List<Finding> findings) {
        public Rest {
            findings = List.copyOf(findings);
        }
    }
}
