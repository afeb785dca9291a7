package dev.halftone.domain.batch;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Port: keeps batches and their items. Thread-safe.
public interface BatchStore {

    /// Stores a batch with its rows, its items and its first window of slices in the queue, all or nothing, in
    /// one transaction that the feed streams into.
    ///
    /// @throws dev.halftone.domain.access.QuotaExceeded when the submitter may not hand in so many; nothing is
    ///     stored then
    Submitted submit(NewBatch batch, RowFeed feed) throws IOException;

    /// Empty where there is no such batch of this owner.
    Optional<Batch> find(Owner owner, BatchId id);

    /// An owner's batches, newest first.
    ///
    /// @param before the last batch of the page before; batches older than it follow
    /// @param limit 1 to 200
    List<Batch> list(Owner owner, Optional<BatchState> state, Optional<BatchId> before, int limit);

    /// Items of a batch in the order of the CSV.
    List<ItemView> items(Owner owner, BatchId id, ItemFilter filter);

    /// Likewise for whoever purges, of a batch that nobody sees any more.
    List<ItemView> itemsOfAnyone(BatchId id, ItemFilter filter);

    /// Deletes a batch with its rows, items, events and slices in the queue, whatever its state.
    ///
    /// @return whether there was such a batch
    boolean delete(BatchId id);

    /// A batch's results, row by row in the order of the CSV, from one consistent cursor with flat memory; the
    /// caller closes it. Until then nothing of the batch is deleted, neither its rows nor its objects.
    ///
    /// @throws BatchGone when there is no such batch of this owner
    ResultCursor results(Owner owner, BatchId id);

    /// Streams rows into the sink; empty to have everything rolled back.
    @FunctionalInterface
    interface RowFeed {
        Optional<ManifestSummary> into(RowSink sink) throws IOException;
    }

    /// How a submission ended.
    sealed interface Submitted {
        /// @param webhookSecret the signing secret, given only when this submission made the endpoint
        record Stored(Batch batch, Optional<WebhookSecret> webhookSecret) implements Submitted {}

        /// The feed asked for nothing to be stored.
        record RolledBack() implements Submitted {}

        /// The idempotency key is in use.
        record KeyTaken(Batch existing, ContentHash fingerprint) implements Submitted {}
    }
}
