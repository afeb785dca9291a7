package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.identity.PublicId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The events of batches, written with what makes them true, each with the batch as it stands at that moment:
/// messages are sent later, and may arrive in any order.
final class BatchEvents {
    /// Of the alias `b`; without what never changes.
    private static final String SNAPSHOT = """
            (to_jsonb(b) - array['options', 'assumptions', 'upload', 'fingerprint'])
              || jsonb_build_object('failures',
                   (select string_agg(f.code || '=' || f.items, ',') from batch_failure f where f.batch = b.key))
            """;

    private static final String LAST_NUMBER = "(select coalesce(max(number), 0) from event e where e.batch = b.key)";

    private static final String TELL_PROGRESS = """
            with due as (
              select b.key, b.run, b.webhook, m.milestone, %s + row_number() over (order by m.milestone) as number,
                     %s as snapshot
                from batch b, (values (25), (50), (75)) m(milestone)
               where b.key = :batch and b.told_percent < m.milestone and b.finished is null and b.total > 0
                 and 100 * (b.completed + b.failed) >= m.milestone * b.total),
            moved as (
              update batch set told_percent = (select max(milestone) from due)
               where key = :batch and exists (select 1 from due)),
            told as (
              insert into event (batch, run, type, milestone, number, snapshot)
              select key, run, 'batch.progress', milestone, number, snapshot from due
              on conflict do nothing
              returning key, number)
            select told.key, due.webhook from told join due using (number) where due.webhook is not null order by number
            """.formatted(LAST_NUMBER, SNAPSHOT);

    private static final String TELL_END = """
            with b as (
              update batch
                 set finished = now(), updated = now(), expires_at = now() + make_interval(secs => keep_for),
                     state = case when cancelled > 0 then 'cancelled'
                                  when completed > 0 then 'completed' else 'failed' end
               where key = :batch and finished is null and pending = 0 and processing = 0 and total > 0
              returning *),
            told as (
              insert into event (batch, run, type, number, snapshot)
              select b.key, b.run, 'batch.' || b.state, %s + 1, %s from b
              returning key)
            select told.key, b.webhook from told, b where b.webhook is not null
            """.formatted(LAST_NUMBER, SNAPSHOT);

    private static final String READ = """
            select e.type, e.at, e.milestone, coalesce(e.number, 0) as number,
                   b.id, s.state, b.options, b.products, b.skipped_rows, b.assumptions,
                   s.total, s.pending, s.processing, s.completed, s.kept_original, s.failed, s.cancelled,
                   s.bytes_in, s.bytes_out, s.created, s.updated, s.started, s.finished, s.expires_at,
                   case when e.snapshot is not null then e.snapshot ->> 'failures'
                        else (select string_agg(f.code || '=' || f.items, ',') from batch_failure f where f.batch = b.key)
                   end as failures
              from delivery d
              join event e on e.key = d.event
              join batch b on b.key = e.batch
             cross join jsonb_populate_record(null::batch, coalesce(e.snapshot, to_jsonb(b))) s
             where d.id = :delivery
            """;

    private final NewDeliveries deliveries;

    BatchEvents(DeliveryQueue deliveries, RandomGenerator random) {
        this.deliveries = new NewDeliveries(deliveries, random);
    }

    private record Told(long event, long endpoint) {}

    /// Tells each milestone that was reached since the last time, of a batch whose submitter asked for it. What was
    /// cancelled is no progress.
    void tellProgress(Handle handle, long batch) {
        tell(handle, TELL_PROGRESS, batch);
    }

    /// Ends the batch if nothing of it is open.
    void tellEnd(Handle handle, long batch) {
        tell(handle, TELL_END, batch);
    }

    private void tell(Handle handle, String sql, long batch) {
        handle.createQuery(sql)
                .bind("batch", batch)
                .map((row, context) -> new Told(row.getLong(1), row.getLong(2)))
                .list()
                .forEach(told -> deliveries.add(handle, told.event(), told.endpoint()));
    }

    /// What a delivery of a batch's event tells.
    static Optional<Event> read(Handle handle, PublicId delivery) {
        return handle.createQuery(READ)
                .bind("delivery", delivery.value())
                .map((row, context) -> event(row))
                .findOne();
    }

    private static Event event(ResultSet row) throws SQLException {
        Batch batch = BatchRows.batch(row);
        Instant at = row.getTimestamp("at").toInstant();
        int number = row.getInt("number");
        @Nullable Integer milestone = row.getObject("milestone", Integer.class);
        return milestone == null
                ? new Event.BatchEnded(batch, number, row.getString("type"), at)
                : new Event.BatchProgressed(batch, number, milestone, at);
    }
}
