package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A batch whose row somebody holds, as a purge or a large cancellation does.
class HeldBatchTest {
    private static final int ITEMS = 10;

    /// Less than the worker's own limit for a statement, after which others would go on in any case.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Test
    void aBatchThatIsHeldKeepsTheResultsOfNoOtherWaiting() throws Exception {
        try (Plant plant = new Plant()) {
            CountDownLatch heldMayEnd = new CountDownLatch(1);
            CountDownLatch otherMayEnd = new CountDownLatch(1);
            BatchId held = plant.submit(ITEMS);
            BatchId other = plant.submit(ITEMS);
            plant.node((item, recipe) -> {
                CountDownLatch mayEnd = item.batch().equals(held) ? heldMayEnd : otherMayEnd;
                assertThat(mayEnd.await(Plant.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                return Plant.delivered(item);
            });
            awaitProcessing(plant, held);
            awaitProcessing(plant, other);
            try (Connection holder = hold(plant, held)) {
                heldMayEnd.countDown();
                Awaitility.await().atMost(LIMIT).until(() -> isWaitedFor(plant));

                otherMayEnd.countDown();

                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> plant.batches
                                        .find(Owner.LOCAL, other)
                                        .orElseThrow()
                                        .state()
                                == BatchState.COMPLETED);
                assertThat(plant.batches
                                .find(Owner.LOCAL, held)
                                .orElseThrow()
                                .progress()
                                .completed())
                        .isZero();
                holder.rollback();
            }

            assertThat(plant.awaitEnd(held).progress().completed()).isEqualTo(ITEMS);
        }
    }

    private static void awaitProcessing(Plant plant, BatchId id) {
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.batches
                                .find(Owner.LOCAL, id)
                                .orElseThrow()
                                .progress()
                                .processing()
                        == ITEMS);
    }

    private static Connection hold(Plant plant, BatchId id) throws Exception {
        Connection holder = DriverManager.getConnection(
                plant.settings.url(),
                plant.settings.user().orElse(null),
                plant.settings.password().orElse(null));
        holder.setAutoCommit(false);
        try (var statement = holder.prepareStatement("select 1 from batch where id = ? for update")) {
            statement.setString(1, id.toString());
            statement.executeQuery().close();
        }
        return holder;
    }

    private static boolean isWaitedFor(Plant plant) {
        return plant.database.read(
                handle -> handle.createQuery("""
                        select exists (select 1 from pg_stat_activity
                                        where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(Boolean.class).one());
    }
}
