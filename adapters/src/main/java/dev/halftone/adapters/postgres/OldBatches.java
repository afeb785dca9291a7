package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchControl.Buried;
import dev.halftone.domain.batch.BatchControl.Tally;
import dev.halftone.domain.batch.BatchId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds batches that ended long ago, buries them, and counts their objects.
final class OldBatches {
    /// The lock lasts until the burial is committed: nobody begins to read in between.
    private static final String EXPIRED = """
            b.expires_at <= now()
              and not exists (select 1 from event e join delivery d on d.event = e.key
                               where e.batch = b.key and d.state = 'waiting')
              and pg_try_advisory_xact_lock(%s)
            """.formatted(ReadLock.KEY);

    private static final String FINISHED =
            "b.finished < now() - make_interval(secs => :age) and (cast(:owner as text) is null or b.owner = :owner)";

    private static final String BURY = """
            update batch set deleted = now()
             where key = any(array(select b.key from batch b where b.deleted is null and %s
                                    order by b.key limit :limit for no key update of b))
               and deleted is null and finished is not null
            returning key, id
            """;

    private static final String OBJECTS = """
            select count(*) filter (where object_key is not null) + coalesce(sum(jsonb_array_length(renditions)), 0)
              from item where batch = any(:batches)
            """;

    private record Found(long key, BatchId id) {}

    private OldBatches() {}

    static Buried buryExpired(Handle handle, int limit) {
        return bury(handle, EXPIRED, Optional.empty(), Duration.ZERO, limit);
    }

    static Buried buryFinished(Handle handle, Optional<Owner> owner, Duration age, int limit) {
        return bury(handle, FINISHED, owner, age, limit);
    }

    private static Buried bury(Handle handle, String which, Optional<Owner> owner, Duration age, int limit) {
        List<Found> buried = handle.createQuery(BURY.formatted(which))
                .bind("owner", owner.map(Owner::name).orElse(null))
                .bind("age", age.toSeconds())
                .bind("limit", limit)
                .map((row, context) -> new Found(row.getLong(1), BatchId.of(row.getString(2))))
                .list();
        return new Buried(
                buried.stream().map(Found::id).toList(),
                objects(handle, buried.stream().map(Found::key).toList()));
    }

    static Tally finished(Handle handle, Optional<Owner> owner, Duration age) {
        List<Long> keys = handle.createQuery("select b.key from batch b where b.deleted is null and " + FINISHED)
                .bind("owner", owner.map(Owner::name).orElse(null))
                .bind("age", age.toSeconds())
                .mapTo(Long.class)
                .list();
        return new Tally(keys.size(), objects(handle, keys));
    }

    /// Outputs, renditions and one upload each.
    private static long objects(Handle handle, List<Long> batches) {
        return batches.isEmpty()
                ? 0
                : batches.size()
                        + handle.createQuery(OBJECTS)
                                .bindArray("batches", Long.class, batches)
                                .mapTo(Long.class)
                                .one();
    }
}
