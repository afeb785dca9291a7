package dev.halftone.adapters.postgres.audit;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.audit.BatchEntry;
import dev.halftone.domain.audit.BatchEntry.Copies;
import dev.halftone.domain.audit.BatchEntry.Counts;
import dev.halftone.domain.audit.BatchEntry.End;
import dev.halftone.domain.batch.BatchId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reads a batch's row and adds its other rows up, in one snapshot.
final class BatchEntries {
    /// Far beyond the time in which another node takes over.
    static final String GONE = "interval '2 minutes'";

    private static final String COUNTED = """
            select (select count(*) from item where batch = :batch) as total,
                   coalesce(sum(copies) filter (where state = 'pending'), 0) as pending,
                   coalesce(sum(copies) filter (where state = 'processing'), 0) as processing,
                   coalesce(sum(copies) filter (where state = 'completed'), 0) as completed,
                   coalesce(sum(copies) filter (where outcome = 'kept_original' and state = 'completed'), 0)
                       as kept_original,
                   coalesce(sum(copies) filter (where state = 'failed'), 0) as failed,
                   coalesce(sum(copies) filter (where state = 'cancelled'), 0) as cancelled,
                   coalesce(sum(copies * bytes_in) filter (where state = 'completed'), 0) as bytes_in,
                   coalesce(sum(copies * bytes_out) filter (where state = 'completed'), 0) as bytes_out
              from item where batch = :batch and first_ordinal is null
            """;

    private static final String WRONG_COPIES = """
            select count(*) from item f
              left join (select first_ordinal, count(*) as repeats from item
                          where batch = :batch and first_ordinal is not null group by first_ordinal) r
                on r.first_ordinal = f.ordinal
             where f.batch = :batch and f.first_ordinal is null and f.copies <> 1 + coalesce(r.repeats, 0)
            """;

    private static final String STRAY_COPIES = """
            select count(*) from item r
              left join item f on f.batch = :batch and f.ordinal = r.first_ordinal and f.first_ordinal is null
             where r.batch = :batch and r.first_ordinal is not null and f.ordinal is null
            """;

    private static final String ABANDONED = """
            select (select count(*) from item i left join node n on n.key = i.node
                     where i.batch = :batch and i.state = 'processing'
                       and coalesce(n.stopped, n.seen, i.begun) < now() - %1$s)
                 + (select count(*) from slice_queue
                     where task_instance >= :from and task_instance < :to
                       and picked and last_heartbeat < now() - %1$s)
            """.formatted(GONE);

    private static final String ENDS = """
            select e.run, e.type, (select count(*) from delivery d where d.event = e.key)
              from event e
             where e.batch = :batch and e.type in ('batch.completed', 'batch.failed', 'batch.cancelled')
             order by e.run, e.key
            """;

    private static final String UNSENT = """
            select count(*) from delivery d join event e on e.key = d.event
             where e.batch = :batch and d.state = 'waiting'
               and not exists (select 1 from delivery_queue q where q.task_instance = d.id)
            """;

    private final Handle handle;
    private final BatchId id;
    private final long key;

    private BatchEntries(Handle handle, BatchId id, long key) {
        this.handle = handle;
        this.id = id;
        this.key = key;
    }

    static Optional<BatchEntry> find(Handle handle, BatchId id) {
        // Two million items are counted in one pass, and never looked up one by one.
        handle.execute("set local enable_nestloop = off");
        return handle.createQuery("select * from batch where id = :id and deleted is null")
                .bind("id", id.toString())
                .map((row, context) -> new BatchEntries(handle, id, row.getLong("key")).entry(row))
                .findOne();
    }

    private BatchEntry entry(ResultSet row) throws SQLException {
        return new BatchEntry(
                id,
                new Owner(row.getString("owner")),
                row.getString("state"),
                row.getTimestamp("finished") != null,
                row.getInt("run"),
                row.getObject("webhook") != null,
                counts(row),
                handle.createQuery(COUNTED)
                        .bind("batch", key)
                        .map((counted, context) -> counts(counted))
                        .one(),
                failures("select code, items from batch_failure where batch = :batch"),
                failures("""
                        select code, sum(copies) from item
                         where batch = :batch and first_ordinal is null and state = 'failed' group by code
                        """),
                new Copies(count(WRONG_COPIES), count(STRAY_COPIES)),
                count(ABANDONED),
                count("select count(*) from slice_queue where task_instance >= :from and task_instance < :to"),
                count("""
                        select count(*) from slice_queue
                         where task_instance >= :from and task_instance < :to and consecutive_failures >= 3
                        """),
                ends(),
                count(UNSENT));
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong("total"),
                row.getLong("pending"),
                row.getLong("processing"),
                row.getLong("completed"),
                row.getLong("kept_original"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("bytes_in"),
                row.getLong("bytes_out"));
    }

    private long count(String sql) {
        return handle.createQuery(sql)
                .bind("batch", key)
                .bind("from", id + ":")
                .bind("to", id + ";")
                .mapTo(Long.class)
                .one();
    }

    private Map<String, Long> failures(String sql) {
        Map<String, Long> failures = new HashMap<>();
        handle.createQuery(sql)
                .bind("batch", key)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> failures.put(entry.getKey(), entry.getValue()));
        return failures;
    }

    private List<End> ends() {
        return handle.createQuery(ENDS)
                .bind("batch", key)
                .map((row, context) -> new End(row.getInt(1), row.getString(2), row.getLong(3)))
                .list();
    }
}
