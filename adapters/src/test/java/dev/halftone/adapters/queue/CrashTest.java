package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.process.ChildJvm;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Nodes that die, stop and share: real processes, killed.
class CrashTest {

    @Test
    void finishesWhatAKilledProcessLeft() throws Exception {
        try (Plant plant = new Plant()) {
            BatchId id = plant.submit(
                    Plant.told("https://hooks.example/a"),
                    300,
                    i -> List.of("https://img.example/" + (i % 5 == 4 ? "hang" : "good") + i));
            Process doomed = process(plant);
            Awaitility.await()
                    .atMost(Plant.LIMIT)
                    .until(() -> progress(plant, id).completed() == 240);
            doomed.destroyForcibly().waitFor();

            AtomicInteger run = new AtomicInteger();
            plant.node((item, compression) -> {
                run.incrementAndGet();
                return Plant.delivered(item);
            });

            Batch batch = plant.awaitEnd(id);
            assertThat(batch.progress().completed()).isEqualTo(300);
            assertThat(run.get()).isEqualTo(60);
            assertThat(plant.outbox.ofBatch(Owner.LOCAL, id)).hasSize(1);
            Verifying.rows(plant.database);
        }
    }

    @Test
    void failsTheItemThatKillsItsProcessAndNoOther() throws Exception {
        failsTheGuiltyOne(plant -> plant.database.transaction(
                handle -> handle.execute("update node set seen = now() - interval '1 minute'")));
    }

    @Test
    void failsItWhereEachNewProcessHasTheDatabaseAlone() throws Exception {
        failsTheGuiltyOne(plant -> new JdbiNodes(plant.database).buryAll());
    }

    private static void failsTheGuiltyOne(java.util.function.Consumer<Plant> afterEachDeath) throws Exception {
        try (Plant plant = new Plant()) {
            BatchId id = plant.submit(
                    BatchOptions.DEFAULT, 40, i -> List.of("https://img.example/" + (i == 17 ? "bomb" : "good") + i));
            for (int crash = 0; crash < 3; crash++) {
                Process doomed = process(plant);
                assertThat(doomed.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(doomed.exitValue()).isEqualTo(137);
                afterEachDeath.accept(plant);
            }
            plant.node((item, compression) -> Plant.delivered(item));

            Batch batch = plant.awaitEnd(id);

            assertThat(batch.progress().completed()).isEqualTo(39);
            List<ItemView> failed = plant.batches.items(
                    Owner.LOCAL,
                    id,
                    new ItemFilter(Optional.of(ItemState.FAILED), Optional.empty(), java.util.OptionalInt.empty(), 10));
            assertThat(failed).extracting(ItemView::ordinal).containsExactly(17);
            assertThat(failed).extracting(ItemView::code).containsExactly(Optional.of(FailureCode.POISON));
            Verifying.rows(plant.database);
        }
    }

    @Test
    void handsBackWhatDoesNotEndWhenANodeStops() throws Exception {
        try (Plant plant = new Plant()) {
            BatchId id = plant.submit(
                    BatchOptions.DEFAULT,
                    90,
                    i -> List.of("https://img.example/" + (i % 30 == 5 ? "hang" : "good") + i));
            CountDownLatch never = new CountDownLatch(1);
            WorkerNode stopping = plant.node((item, compression) -> {
                if (item.url().toString().contains("hang")) {
                    never.await();
                }
                return Plant.delivered(item);
            });
            Awaitility.await()
                    .atMost(Plant.LIMIT)
                    .until(() -> progress(plant, id).completed() == 87);

            stopping.close();

            assertThat(progress(plant, id).pending()).isEqualTo(3);
            assertThat(progress(plant, id).processing()).isZero();
            assertThat(plant.batches
                            .items(Owner.LOCAL, id, ItemFilter.first(90))
                            .get(5)
                            .attempts())
                    .isZero();
            plant.node((item, compression) -> Plant.delivered(item));
            assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(90);
            assertThat(plant.batches.items(Owner.LOCAL, id, ItemFilter.first(90)))
                    .extracting(ItemView::attempts)
                    .containsOnly(1);
            Verifying.rows(plant.database);
        }
    }

    @Test
    void givesUpWhatAnotherNodeHasTaken() throws Exception {
        try (Plant plant = new Plant()) {
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch never = new CountDownLatch(1);
            CountDownLatch givenUp = new CountDownLatch(2);
            plant.node((item, compression) -> {
                begun.countDown();
                try {
                    never.await();
                } finally {
                    givenUp.countDown();
                }
                return Plant.delivered(item);
            });
            BatchId id = plant.submit(2);
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

            plant.database.transaction(
                    handle -> handle.execute("update slice_queue set picked_by = 'another', version = version + 1,"
                            + " last_heartbeat = now() + interval '1 hour'"));

            assertThat(givenUp.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(progress(plant, id).processing()).as("the other one's").isEqualTo(2);
        }
    }

    @Test
    void twoNodesRunEveryItemOnce() throws Exception {
        try (Plant plant = new Plant()) {
            AtomicInteger first = new AtomicInteger();
            AtomicInteger second = new AtomicInteger();
            // Neither goes on before both have a part: one that took the whole window would wait for ever.
            CountDownLatch firstHasWork = new CountDownLatch(1);
            CountDownLatch secondHasWork = new CountDownLatch(1);
            WorkerNode one = plant.unstarted(
                    (item, compression) -> {
                        first.incrementAndGet();
                        firstHasWork.countDown();
                        secondHasWork.await();
                        return Plant.delivered(item);
                    },
                    Plant.quick());
            WorkerNode other = plant.unstarted(
                    (item, compression) -> {
                        second.incrementAndGet();
                        secondHasWork.countDown();
                        firstHasWork.await();
                        return Plant.delivered(item);
                    },
                    Plant.quick());
            one.start();
            other.start();

            BatchId id = plant.submit(3_000);

            assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(3_000);
            assertThat(first.get() + second.get()).isEqualTo(3_000);
            Verifying.rows(plant.database);
        }
    }

    @Test
    void putsABatchBackWhoseSlicesVanished() throws Exception {
        try (Plant plant = new Plant()) {
            BatchId id = plant.submit(700);
            plant.database.transaction(handle -> handle.execute("delete from slice_queue"));
            var housekeeping = new dev.halftone.adapters.postgres.JdbiHousekeeping(
                    plant.database, plant.queue, plant.queue, plant.random);

            assertThat(housekeeping.requeueVanished()).isEqualTo(1);
            assertThat(housekeeping.requeueVanished()).isZero();
            plant.node((item, compression) -> Plant.delivered(item));

            assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(700);
            Verifying.rows(plant.database);
        }
    }

    private static dev.halftone.domain.batch.BatchProgress progress(Plant plant, BatchId id) {
        return plant.batches.find(Owner.LOCAL, id).orElseThrow().progress();
    }

    private static Process process(Plant plant) throws Exception {
        PostgresSettings settings = plant.settings;
        return new ProcessBuilder(ChildJvm.command(
                        ChildJvm.BRIEF,
                        DoomedNode.class.getName(),
                        settings.url(),
                        settings.user().orElseThrow(),
                        settings.password().orElseThrow()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// A node that dies of a bomb and hangs on others, until it is killed.
    static final class DoomedNode {
        public static void main(String[] arguments) throws Exception {
            SecureRandom random = new SecureRandom();
            Database database = Database.open(
                    PostgresSettings.of(arguments[0], Optional.of(arguments[1]), Optional.of(arguments[2])));
            CountDownLatch never = new CountDownLatch(1);
            WorkerNode node = new WorkerNode(
                    database,
                    new DbSchedulerQueue(database, random),
                    (item, compression) -> {
                        String url = item.url().toString();
                        if (url.contains("bomb")) {
                            Runtime.getRuntime().halt(137);
                        }
                        if (url.contains("hang")) {
                            never.await();
                        }
                        return Plant.delivered(item);
                    },
                    (asset, pipeline, progress) -> {},
                    event -> "",
                    message -> new DeliveryResult.Accepted(200),
                    Plant.quick(),
                    List.of(),
                    random);
            node.start();
            never.await(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
        }
    }
}
