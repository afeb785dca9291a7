package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryAttempt;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.event.Outbox;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Events and their deliveries in PostgreSQL.
public final class JdbiOutbox implements Outbox {
    private static final String SELECT = """
            select d.key, d.id, d.state, d.body, d.next_attempt, d.step, e.type, e.at, b.id as batch, j.id as job,
                   w.url, w.secret, w.disabled
              from delivery d
              join event e on e.key = d.event
              left join batch b on b.key = e.batch
              left join job j on j.key = e.job
              join webhook_endpoint w on w.key = d.endpoint
            """;

    private final Database database;
    private final DeliveryQueue queue;

    public JdbiOutbox(Database database, DeliveryQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    @Override
    public Optional<Delivery> find(PublicId id) {
        return database.read(handle -> handle.createQuery(SELECT + " where d.id = :id")
                .bind("id", id.value())
                .map((row, context) -> delivery(handle, row))
                .findOne());
    }

    @Override
    public List<Delivery> ofBatch(BatchId batch) {
        return database.read(handle -> handle.createQuery(SELECT + " where b.id = :batch order by d.key")
                .bind("batch", batch.toString())
                .map((row, context) -> delivery(handle, row))
                .list());
    }

    @Override
    public void keepBody(PublicId id, String body) {
        database.patientTransaction(handle -> handle.createUpdate("update delivery set body = :body where id = :id")
                .bind("id", id.value())
                .bind("body", body)
                .execute());
    }

    @Override
    public void attempted(
            PublicId id,
            DeliveryAttempt attempt,
            Delivery.State state,
            Optional<Instant> next,
            boolean disableEndpoint) {
        database.patientTransaction(handle -> {
            log(handle, id, attempt);
            handle.createUpdate("""
                            update delivery
                               set state = :state, step = step + 1, next_attempt = coalesce(:next, next_attempt),
                                   ended = case when :state = 'waiting' then null else now() end
                             where id = :id
                            """)
                    .bind("id", id.value())
                    .bind("state", state.wire())
                    .bind("next", next.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                    .execute();
            return disableEndpoint ? disable(handle, id) : 0;
        });
    }

    private static void log(Handle handle, PublicId id, DeliveryAttempt attempt) {
        @Nullable
        Integer status = switch (attempt.result()) {
            case DeliveryResult.Accepted accepted -> accepted.status();
            case DeliveryResult.Refused refused -> refused.status();
            case DeliveryResult.Unreachable unreachable -> null;
        };
        String reason =
                attempt.result() instanceof DeliveryResult.Unreachable unreachable ? unreachable.reason() : null;
        handle.createUpdate("""
                        insert into delivery_attempt (delivery, number, at, duration_ms, status, reason)
                        select key, :number, :at, :took, :status, :reason from delivery where id = :id
                        on conflict (delivery, number) do nothing
                        """)
                .bind("id", id.value())
                .bind("number", attempt.number())
                .bind("at", attempt.at().atOffset(ZoneOffset.UTC))
                .bind("took", attempt.took().toMillis())
                .bind("status", status)
                .bind("reason", reason)
                .execute();
    }

    private static int disable(Handle handle, PublicId id) {
        return handle.createUpdate("""
                        update webhook_endpoint set disabled = now()
                         where key = (select endpoint from delivery where id = :id) and disabled is null
                        """).bind("id", id.value()).execute();
    }

    @Override
    public void giveUp(PublicId id) {
        database.patientTransaction(handle -> handle.createUpdate(
                        "update delivery set state = 'given_up', ended = now() where id = :id and state = 'waiting'")
                .bind("id", id.value())
                .execute());
    }

    @Override
    public boolean replay(PublicId id) {
        return database.transaction(handle -> {
            int found = handle.createUpdate("""
                            update delivery set state = 'waiting', ended = null, step = 0, next_attempt = now()
                             where id = :id
                            """).bind("id", id.value()).execute();
            if (found == 0) {
                return false;
            }
            handle.createUpdate("""
                            update webhook_endpoint set disabled = null
                             where key = (select endpoint from delivery where id = :id)
                            """).bind("id", id.value()).execute();
            queue.schedule(id, Duration.ZERO);
            return true;
        });
    }

    private static Delivery delivery(Handle handle, ResultSet row) throws SQLException {
        return new Delivery(
                new PublicId(row.getString("id")),
                event(row),
                new SourceUrl(URI.create(row.getString("url"))),
                row.getString("secret"),
                row.getTimestamp("disabled") != null,
                Optional.ofNullable(row.getString("body")),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getTimestamp("next_attempt").toInstant(),
                row.getInt("step"),
                attempts(handle, row.getLong("key")));
    }

    private static Event event(ResultSet row) throws SQLException {
        String type = row.getString("type");
        Instant at = row.getTimestamp("at").toInstant();
        String job = row.getString("job");
        return job == null
                ? new Event.BatchEnded(BatchId.of(row.getString("batch")), type, at)
                : new Event.JobEnded(JobId.of(job), type, at);
    }

    private static List<DeliveryAttempt> attempts(Handle handle, long delivery) {
        return handle.createQuery("""
                        select number, at, duration_ms, status, reason from delivery_attempt
                         where delivery = :delivery order by number
                        """)
                .bind("delivery", delivery)
                .map((row, context) -> {
                    Timestamp at = row.getTimestamp("at");
                    return new DeliveryAttempt(
                            row.getInt("number"),
                            at.toInstant(),
                            Duration.ofMillis(row.getLong("duration_ms")),
                            result(row));
                })
                .list();
    }

    private static DeliveryResult result(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        if (row.wasNull()) {
            return new DeliveryResult.Unreachable(row.getString("reason"));
        }
        return status >= 200 && status < 300
                ? new DeliveryResult.Accepted(status)
                : new DeliveryResult.Refused(status, Optional.empty());
    }
}
