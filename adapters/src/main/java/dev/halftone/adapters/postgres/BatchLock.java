package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A batch's row, held until the transaction ends. Within that transaction, items are looked up by their keys:
/// a batch that was just stored has no statistics, and the planner would rather read all of it for a join.
///
/// @param options as they are stored
/// @param stopped whether it was cancelled: nothing of it is to begin
/// @param ended whether it has ended
record BatchLock(long key, int priority, int openSlices, boolean stopped, boolean ended, String options) {

    /// @return empty for a batch that was deleted, or is about to be: nothing is to be written about it
    static Optional<BatchLock> find(Handle handle, BatchId id) {
        return handle.createQuery("""
                        select key, coalesce((options ->> 'priority')::integer, 5), open_slices,
                               cancel_requested is not null, finished is not null, options
                          from batch where id = :id and deleted is null for no key update
                        """)
                .bind("id", id.toString())
                .map((row, context) -> new BatchLock(
                        row.getLong(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getString(6)))
                .findOne();
    }
}
