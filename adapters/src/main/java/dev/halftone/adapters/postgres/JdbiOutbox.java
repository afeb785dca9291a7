package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.AttemptEnd;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.event.DeliveryRun;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.event.Outbox;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Events and their deliveries in PostgreSQL. Every transaction about a delivery takes its row first.
public final class JdbiOutbox implements Outbox {
    private static final String AFTER = """
            (select o.key from delivery o join webhook_endpoint e on e.key = o.endpoint
              where o.id = :after and e.owner = :owner)
            """;

    private final Database database;
    private final DeliveryQueue queue;

    /// @param queue in the same database: its writes join the outbox's transactions
    public JdbiOutbox(Database database, DeliveryQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    @Override
    public Optional<Delivery> find(Owner owner, PublicId id) {
        return database.read(handle -> find(handle, owner, id));
    }

    @Override
    public Optional<Delivery> ofAnyone(PublicId id) {
        return database.read(handle ->
                DeliveryRows.read(
                                handle,
                                handle.createQuery(DeliveryRows.SELECT + " where d.id = :id")
                                        .bind("id", id.value()))
                        .stream()
                        .findFirst());
    }

    private static Optional<Delivery> find(Handle handle, Owner owner, PublicId id) {
        return DeliveryRows.read(
                        handle,
                        handle.createQuery(DeliveryRows.SELECT + " where d.id = :id and w.owner = :owner")
                                .bind("id", id.value())
                                .bind("owner", owner.name()))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Event> event(PublicId delivery) {
        return database.read(handle -> BatchEvents.read(handle, delivery).or(() -> jobEvent(handle, delivery)));
    }

    private static Optional<Event> jobEvent(Handle handle, PublicId delivery) {
        return handle.createQuery("""
                        select e.type, e.at, j.id
                          from delivery d join event e on e.key = d.event join job j on j.key = e.job
                         where d.id = :id
                        """)
                .bind("id", delivery.value())
                .map((row, context) -> (Event) new Event.JobEnded(
                        JobId.of(row.getString("id")),
                        row.getString("type"),
                        row.getTimestamp("at").toInstant()))
                .findOne();
    }

    @Override
    public List<Delivery> ofBatch(Owner owner, BatchId batch, Optional<PublicId> after, int limit) {
        return page(
                "e.batch = (select key from batch where id = :of and owner = :owner)",
                owner,
                batch.toString(),
                after,
                limit);
    }

    @Override
    public List<Delivery> ofJob(Owner owner, JobId job, Optional<PublicId> after, int limit) {
        return page(
                "e.job = (select key from job where id = :of and owner = :owner)", owner, job.toString(), after, limit);
    }

    private List<Delivery> page(String where, Owner owner, String of, Optional<PublicId> after, int limit) {
        if (limit < 1 || limit > PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + PAGE + " entries, not " + limit);
        }
        String sql = DeliveryRows.SELECT
                + " where w.owner = :owner and " + where
                + (after.isPresent() ? " and d.key > " + AFTER : "")
                + " order by d.key limit :limit";
        return database.read(handle -> DeliveryRows.read(
                handle,
                handle.createQuery(sql)
                        .bind("of", of)
                        .bind("owner", owner.name())
                        .bind("after", after.map(PublicId::value).orElse(""))
                        .bind("limit", limit)));
    }

    @Override
    public void keepBody(PublicId id, String body) {
        database.patientTransaction(
                handle -> handle.createUpdate("update delivery set body = :body where id = :id and body is null")
                        .bind("id", id.value())
                        .bind("body", body)
                        .execute());
    }

    @Override
    public boolean attempted(DeliveryRun run, AttemptEnd end) {
        return database.patientTransaction(handle -> {
            Optional<Long> key = locked(handle, run.delivery());
            if (key.isEmpty()) {
                return queue.complete(run);
            }
            Optional<Instant> next = end.next();
            boolean held = next.isPresent() && !end.gone()
                    ? queue.again(run, Duration.between(end.at().plus(end.took()), next.get()))
                    : queue.complete(run);
            if (!held) {
                AttemptLog.add(handle, key.get(), end, Optional.empty());
                return false;
            }
            if (EndpointHealth.note(handle, key.get(), end)) {
                next = Optional.empty();
            }
            AttemptLog.add(handle, key.get(), end, next);
            AttemptLog.conclude(handle, key.get(), end, next);
            return true;
        });
    }

    private static Optional<Long> locked(Handle handle, PublicId id) {
        return handle.createQuery("select key from delivery where id = :id for update")
                .bind("id", id.value())
                .mapTo(Long.class)
                .findOne();
    }

    @Override
    public void giveUp(DeliveryRun run) {
        database.patientTransaction(handle -> {
            locked(handle, run.delivery());
            return queue.complete(run)
                    ? handle.createUpdate("""
                                    update delivery set state = 'given_up', ended = now()
                                     where id = :id and state = 'waiting'
                                    """)
                            .bind("id", run.delivery().value())
                            .execute()
                    : 0;
        });
    }

    @Override
    public Replay replay(Owner owner, PublicId id, boolean enable) {
        return database.transaction(handle -> {
            Optional<Delivery> found = locked(handle, id).flatMap(key -> find(handle, owner, id));
            if (found.isEmpty()) {
                return new Replay.Unknown();
            }
            Delivery before = found.get();
            if (before.endpointDisabled() && !enable) {
                return new Replay.Disabled(before);
            }
            if (before.endpointDisabled()) {
                EndpointHealth.enable(handle, owner, before.webhook());
            }
            handle.createUpdate("""
                            update delivery
                               set step = case when state = 'waiting' then step else 0 end,
                                   next_attempt = least(next_attempt, now()), state = 'waiting', ended = null
                             where id = :id
                            """).bind("id", id.value()).execute();
            queue.schedule(id, Duration.ZERO);
            return new Replay.Sending(find(handle, owner, id).orElseThrow());
        });
    }
}
