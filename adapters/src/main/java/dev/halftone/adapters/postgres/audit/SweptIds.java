package dev.halftone.adapters.postgres.audit;

import org.jdbi.v3.core.Handle;

/// Ids that no batch and no image will ever have: the database's own triggers see to that.
final class SweptIds {
    private SweptIds() {}

    /// @return false when there is such a row, or one is being written
    static boolean add(Handle handle, String id) {
        boolean alone = handle.createQuery("select pg_try_advisory_xact_lock(hashtextextended(:id, 11))")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
        // A statement of its own: it sees what was committed before the lock was given.
        return alone
                && handle.createQuery("""
                                select not exists (select 1 from batch where id = :id)
                                   and not exists (select 1 from asset where id = :id)
                                """).bind("id", id).mapTo(Boolean.class).one()
                && handle.createUpdate("insert into swept_id (id) values (:id) on conflict do nothing")
                                .bind("id", id)
                                .execute()
                        >= 0;
    }
}
