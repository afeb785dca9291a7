package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.AttemptEnd;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.DeliveryRun;
import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a sender that lost its delivery, to a node that took it for dead, can still do: have its attempt logged.
/// The senders are names here; the test says which of them holds the delivery.
class LostDeliveryTest {
    private static final Duration TOOK = Duration.ofMillis(7);

    private static Plant plant;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        // Ends the batches, and makes one attempt at each delivery.
        plant.node((item, compression) -> Plant.delivered(item));
        plant.receiver = message -> new DeliveryResult.Refused(503, Optional.of(Duration.ofHours(1)));
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    @Test
    void leavesADeliveredMessageDelivered() throws Exception {
        PublicId id = waiting("delivered");
        DeliveryRun frozen = taken(id, "frozen");
        DeliveryRun fresh = taken(id, "fresh");

        assertThat(plant.outbox.attempted(fresh, ended(new DeliveryResult.Accepted(200), Optional.empty())))
                .isTrue();
        assertThat(plant.outbox.attempted(frozen, ended(new DeliveryResult.Unreachable("timeout"), later())))
                .isFalse();
        plant.outbox.giveUp(frozen);

        Delivery delivery = plant.outbox.find(Owner.LOCAL, id).orElseThrow();
        assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(delivery.attempts()).hasSize(3);
        assertThat(queued(id)).isZero();
    }

    @Test
    void doesNotMoveTheNextAttempt() throws Exception {
        PublicId id = waiting("moved");
        DeliveryRun frozen = taken(id, "frozen");
        DeliveryRun fresh = taken(id, "fresh");

        assertThat(plant.outbox.attempted(fresh, ended(new DeliveryResult.Unreachable("timeout"), later())))
                .isTrue();
        // Its own name took it once: an old run must not pass for a later one of the same process.
        assertThat(plant.outbox.attempted(fresh, ended(new DeliveryResult.Accepted(200), Optional.empty())))
                .isFalse();
        assertThat(plant.outbox.attempted(frozen, ended(new DeliveryResult.Accepted(200), Optional.empty())))
                .isFalse();
        plant.outbox.giveUp(frozen);

        assertThat(plant.outbox.find(Owner.LOCAL, id).orElseThrow().state()).isEqualTo(Delivery.State.WAITING);
        assertThat(queued(id)).isOne();
    }

    /// A delivery that was attempted once and now waits for an hour.
    private static PublicId waiting(String name) throws Exception {
        BatchId batch =
                plant.submit(Plant.told("https://hooks.example/" + name), 1, i -> List.of("https://img.example/" + i));
        plant.awaitEnd(batch);
        org.awaitility.Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.outbox
                                .ofBatch(Owner.LOCAL, batch)
                                .getFirst()
                                .attempts()
                                .size()
                        == 1);
        return plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst().id();
    }

    private static DeliveryRun taken(PublicId id, String worker) {
        long version = plant.database.transaction(handle -> handle.createQuery("""
                        update delivery_queue set picked = true, picked_by = :worker, version = version + 1,
                               last_heartbeat = now() + interval '1 day'
                         where task_instance = :id returning version
                        """)
                .bind("worker", worker)
                .bind("id", id.value())
                .mapTo(Long.class)
                .one());
        return new DeliveryRun(id, worker, version);
    }

    private static int queued(PublicId id) {
        return plant.database.read(
                handle -> handle.createQuery("select count(*) from delivery_queue where task_instance = :id")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }

    private static AttemptEnd ended(DeliveryResult result, Optional<Instant> next) {
        return new AttemptEnd(Instant.parse("2026-11-21T10:00:00Z"), TOOK, result, next);
    }

    private static Optional<Instant> later() {
        return Optional.of(Instant.parse("2026-11-21T11:00:00Z"));
    }
}
