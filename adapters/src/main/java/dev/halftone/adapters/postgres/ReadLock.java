package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import org.jdbi.v3.core.Handle;

/// Who reads a batch's results, and who deletes them. Readers share a lock of the database, each for as long as
/// its transaction, and look after they have it whether the batch was buried. So whoever once finds the lock free
/// after a burial knows that nobody reads any more: earlier readers have ended, later ones find no batch. A reader
/// that dies frees its lock with its connection.
final class ReadLock {
    /// Of a batch's id: 12 keeps these locks apart from others.
    static final String KEY = "hashtextextended(id, 12)";

    private ReadLock() {}

    /// Reads from here on, until the transaction ends.
    static void share(Handle handle, BatchId id) {
        handle.createQuery("select pg_advisory_xact_lock_shared(" + KEY + ")::text from (select :id::text as id) of")
                .bind("id", id.toString())
                .mapTo(String.class)
                .one();
    }

    /// Whether nobody reads.
    static boolean isFree(Handle handle, BatchId id) {
        return handle.createQuery("select pg_try_advisory_xact_lock(" + KEY + ") from (select :id::text as id) of")
                .bind("id", id.toString())
                .mapTo(Boolean.class)
                .one();
    }
}
