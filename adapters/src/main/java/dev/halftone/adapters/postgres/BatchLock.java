package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import org.jdbi.v3.core.Handle;

/// A batch's row, held until the transaction ends. Within that transaction, items are looked up by their keys: a
/// batch that was just stored has no statistics, and the planner would rather read all of it for a join.
record BatchLock(long key, int nextItem, int openSlices) {

    static BatchLock take(Handle handle, BatchId id) {
        return handle.createQuery("select key, next_item, open_slices from batch where id = :id for no key update")
                .bind("id", id.toString())
                .map((row, context) -> new BatchLock(row.getLong(1), row.getInt(2), row.getInt(3)))
                .findOne()
                .orElseThrow(() -> new IllegalStateException("there is no batch " + id));
    }
}
