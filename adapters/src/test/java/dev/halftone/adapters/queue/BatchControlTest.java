package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.MapObjectStore;
import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchControl.Resumed;
import dev.halftone.domain.batch.BatchControl.Stopped;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.item.Recipe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Batches stopped, set going again and deleted while real workers run them on a real database.
class BatchControlTest {
    private final MapObjectStore objects = new MapObjectStore(URI.create("https://out.example"));
    private Plant plant;
    private JdbiBatchControl control;

    @BeforeEach
    void begin() throws Exception {
        plant = new Plant();
        control = new JdbiBatchControl(plant.database, plant.queue, plant.queue, plant.random);
    }

    @AfterEach
    void end() {
        try {
            Verifying.rows(plant.database);
        } finally {
            plant.close();
        }
    }

    private PurgeBatch purge() {
        return new PurgeBatch(plant.batches, control, objects);
    }

    private Batch find(BatchId id) {
        return plant.batches.find(Owner.LOCAL, id).orElseThrow();
    }

    private List<ItemView> items(BatchId id, int count) {
        return plant.batches.items(Owner.LOCAL, id, ItemFilter.first(count));
    }

    /// Items whose address holds "slow" wait for the latch.
    private static SliceRunner.Processing waitingFor(CountDownLatch latch) {
        return (item, recipe) -> {
            if (item.url().toString().contains("slow")) {
                latch.await();
            }
            return Plant.delivered(item);
        };
    }

    @Test
    void cancelsWhatWaitsAndLetsWhatRunsEnd() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        plant.node(waitingFor(latch));
        BatchId id = plant.submit(
                Plant.told("https://hooks.example/cancel"), 2_000, i -> List.of("https://img.example/slow" + i));
        Awaitility.await().atMost(Plant.LIMIT).until(() -> find(id).progress().processing() > 0);

        Stopped stopped = control.cancel(Owner.LOCAL, id);

        assertThat(stopped).isInstanceOfSatisfying(Stopped.Stopping.class, stopping -> {
            assertThat(stopping.batch().progress().pending()).isZero();
            assertThat(stopping.batch().progress().cancelled()).isPositive();
        });
        assertThat(control.cancel(Owner.LOCAL, id)).isInstanceOf(Stopped.Stopping.class);
        latch.countDown();
        Batch ended = plant.awaitEnd(id);
        assertThat(ended.state()).isEqualTo(BatchState.CANCELLED);
        assertThat(ended.progress().completed()).isPositive();
        assertThat(ended.progress().completed() + ended.progress().cancelled()).isEqualTo(2_000);
        assertThat(plant.outbox.ofBatch(Owner.LOCAL, id)).hasSize(1);
        assertThat(control.cancel(Owner.LOCAL, id)).isInstanceOf(Stopped.Stopping.class);
        assertThat(control.retry(Owner.LOCAL, id, Set.of())).isInstanceOf(Resumed.Cancelled.class);
    }

    @Test
    void cancelsABatchThatNobodyWorksOn() throws Exception {
        BatchId id =
                plant.submit(Plant.told("https://hooks.example/idle"), 100, i -> List.of("https://i.example/" + i));

        control.cancel(Owner.LOCAL, id);

        assertThat(find(id).state()).isEqualTo(BatchState.CANCELLED);
        assertThat(items(id, 100)).extracting(ItemView::state).containsOnly(ItemState.CANCELLED);
        assertThat(plant.outbox.ofBatch(Owner.LOCAL, id)).hasSize(1);
    }

    @Test
    void doesNotCancelWhatHasEndedNorWhatIsNotThere() throws Exception {
        plant.node((item, recipe) -> Plant.delivered(item));
        BatchId id = plant.submit(3);
        plant.awaitEnd(id);

        assertThat(control.cancel(Owner.LOCAL, id)).isInstanceOf(Stopped.Over.class);
        assertThat(control.cancel(Owner.LOCAL, BatchId.random(plant.random))).isInstanceOf(Stopped.Unknown.class);
        assertThat(control.retry(Owner.LOCAL, BatchId.random(plant.random), Set.of()))
                .isInstanceOf(Resumed.Unknown.class);
    }

    /// What failed and waits for its next attempt is cancelled with the rest.
    @Test
    void cancelsWhatWouldBeTriedAgain() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        plant.node((item, recipe) -> {
            cancelled.await();
            return Plant.failed(FailureCode.TIMEOUT);
        });
        BatchId id = plant.submit(10);
        Awaitility.await().atMost(Plant.LIMIT).until(() -> find(id).progress().processing() == 10);

        control.cancel(Owner.LOCAL, id);
        cancelled.countDown();

        Batch ended = plant.awaitEnd(id);
        assertThat(ended.progress().cancelled()).isEqualTo(10);
        assertThat(items(id, 10)).extracting(ItemView::attempts).containsOnly(1);
    }

    @Test
    void goesOnWithACancellationThatWasInterrupted() throws Exception {
        BatchId id = plant.submit(50);
        plant.database.transaction(handle -> handle.execute(
                "update batch set cancel_requested = now() - interval '2 minutes' where id = ?", id.toString()));

        assertThat(control.resumeCancelling()).isEqualTo(1);

        assertThat(find(id).state()).isEqualTo(BatchState.CANCELLED);
        assertThat(control.resumeCancelling()).isZero();
    }

    @Test
    void triesAgainWhatFailedByCodeAndEndsTheBatchOnceMore() throws Exception {
        CountDownLatch repaired = new CountDownLatch(1);
        plant.node((item, recipe) -> {
            String url = item.url().toString();
            boolean broken = repaired.getCount() > 0;
            if (broken && url.contains("gone")) {
                return Plant.failed(FailureCode.NOT_AN_IMAGE);
            }
            return broken && url.contains("wrong") ? Plant.failed(FailureCode.INVALID_URL) : Plant.delivered(item);
        });
        BatchId id = plant.submit(
                Plant.told("https://hooks.example/again"),
                300,
                i -> List.of("https://img.example/" + (i % 3 == 0 ? "gone" : i % 3 == 1 ? "wrong" : "good") + i / 2));
        Batch first = plant.awaitEnd(id);
        long gone = first.progress().failures().getOrDefault(FailureCode.NOT_AN_IMAGE, 0L);
        long wrong = first.progress().failures().getOrDefault(FailureCode.INVALID_URL, 0L);
        repaired.countDown();

        Resumed resumed = control.retry(Owner.LOCAL, id, Set.of(FailureCode.NOT_AN_IMAGE));

        assertThat(resumed)
                .isInstanceOfSatisfying(
                        Resumed.Going.class, going -> assertThat(going.items()).isEqualTo(gone));
        Batch second = plant.awaitEnd(id);
        assertThat(second.state()).isEqualTo(BatchState.COMPLETED);
        assertThat(second.progress().failures())
                .containsEntry(FailureCode.INVALID_URL, wrong)
                .hasSize(1);
        control.retry(Owner.LOCAL, id, Set.of());
        Batch third = plant.awaitEnd(id);
        assertThat(third.progress().completed()).isEqualTo(300);
        assertThat(third.progress().failures()).isEmpty();
        assertThat(plant.outbox.ofBatch(Owner.LOCAL, id))
                .extracting(Delivery::id)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(control.retry(Owner.LOCAL, id, Set.of()))
                .isInstanceOfSatisfying(
                        Resumed.Going.class, going -> assertThat(going.items()).isZero());
        assertThat(find(id).state()).isEqualTo(BatchState.COMPLETED);
    }

    /// A poisonous image gets three lives again.
    @Test
    void startsCountingAnewWithARetry() throws Exception {
        BatchId id = plant.submit(1);
        plant.database.transaction(handle -> {
            handle.execute("""
                    update item set state = 'failed', code = 'poison', crashes = 3, attempts = 3, ended = now()
                     where batch = (select key from batch where id = ?)
                    """, id.toString());
            handle.execute("insert into batch_failure select key, 'poison', 1 from batch where id = ?", id.toString());
            handle.execute(
                    "insert into event (batch, run, type, number) select key, 1, 'batch.failed', 1 from batch where id = ?",
                    id.toString());
            handle.execute("delete from slice_queue where task_instance like ?", id + ":%");
            return handle.execute(
                    "update batch set pending = 0, failed = 1, state = 'failed', finished = now() where id = ?",
                    id.toString());
        });

        control.retry(Owner.LOCAL, id, Set.of(FailureCode.POISON));
        plant.node((item, recipe) -> Plant.delivered(item));

        assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(1);
        assertThat(items(id, 1).getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void triesAgainWhileOtherImagesOfTheBatchStillRun() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        plant.node((item, recipe) -> {
            if (item.url().toString().contains("slow")) {
                latch.await();
            }
            return latch.getCount() > 0 && item.attempt() == 1
                    ? Plant.failed(FailureCode.NOT_AN_IMAGE)
                    : Plant.delivered(item);
        });
        BatchId id = plant.submit(
                Plant.told("https://hooks.example/while"),
                100,
                i -> List.of("https://img.example/" + (i == 99 ? "slow" : "quick") + i));
        Awaitility.await().atMost(Plant.LIMIT).until(() -> find(id).progress().failed() == 99);

        assertThat(control.retry(Owner.LOCAL, id, Set.of())).isInstanceOf(Resumed.Going.class);

        Awaitility.await().atMost(Plant.LIMIT).until(() -> find(id).progress().completed() == 99);
        latch.countDown();
        assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(100);
        assertThat(plant.outbox.ofBatch(Owner.LOCAL, id)).hasSize(1);
    }

    @Test
    void deletesABatchWithItsOutputsWhileItRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch deleted = new CountDownLatch(1);
        plant.node(new SliceRunner.Processing() {
            @Override
            public ItemOutcome process(Item item, Recipe recipe) throws InterruptedException {
                ItemOutcome.Delivered made = (ItemOutcome.Delivered) Plant.delivered(item);
                if (item.url().toString().contains("slow")) {
                    begun.countDown();
                    deleted.await();
                }
                made.keys().forEach(key -> objects.put(key, new byte[400], "image/jpeg"));
                return made;
            }

            @Override
            public void discard(ItemOutcome outcome) {
                ((ItemOutcome.Delivered) outcome).keys().forEach(objects::delete);
            }
        });
        BatchId id = plant.submit(
                Plant.told("https://hooks.example/deleted"),
                500,
                i -> List.of("https://img.example/" + (i % 7 == 3 ? "slow" : "quick") + i));
        begun.await();
        Awaitility.await().atMost(Plant.LIMIT).until(() -> find(id).progress().completed() > 0);

        assertThat(purge().purge(Owner.LOCAL, id)).isPresent();

        assertThat(plant.batches.find(Owner.LOCAL, id)).isEmpty();
        assertThat(purge().purge(Owner.LOCAL, id)).isEmpty();
        deleted.countDown();
        Awaitility.await().atMost(Plant.LIMIT).until(() -> count("select count(*) from slice_queue") == 0);
        Awaitility.await().atMost(Plant.LIMIT).until(() -> objects.keys().isEmpty());
        assertThat(count("select count(*) from item")).isZero();
        assertThat(plant.told).isEmpty();
    }

    @Test
    void goesOnWithADeletionThatWasInterrupted() throws Exception {
        BatchId id = plant.submit(20);

        assertThat(control.bury(Owner.LOCAL, id)).isTrue();

        assertThat(plant.batches.find(Owner.LOCAL, id)).isEmpty();
        assertThat(plant.batches.list(Owner.LOCAL, java.util.Optional.empty(), java.util.Optional.empty(), 10))
                .isEmpty();
        assertThat(purge().resume()).isEqualTo(1);
        assertThat(count("select count(*) from batch")).isZero();
        assertThat(purge().resume()).isZero();
    }

    /// Whatever is wished at whatever moment, the counters are those of the items and every batch ends.
    @Test
    void keepsCountsRightWhateverIsWishedMeanwhile() throws Exception {
        plant.node((item, recipe) -> item.ordinal() % 3 == 0 && item.attempt() % 2 == 1
                ? Plant.failed(item.ordinal() % 2 == 0 ? FailureCode.NOT_AN_IMAGE : FailureCode.TIMEOUT)
                : Plant.delivered(item));
        plant.node((item, recipe) -> Plant.delivered(item));
        List<BatchId> batches = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int which = i;
            batches.add(plant.submit(
                    Plant.told("https://hooks.example/race"),
                    400,
                    row -> List.of("https://img.example/" + which + "/" + row % 350)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> wishes = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                wishes.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        BatchId id = batches.get(random.nextInt(batches.size()));
                        if (random.nextInt(12) == 0) {
                            control.cancel(Owner.LOCAL, id);
                        } else {
                            control.retry(
                                    Owner.LOCAL, id, random.nextBoolean() ? Set.of() : Set.of(FailureCode.TIMEOUT));
                        }
                    }
                }));
            }
            for (Future<?> wish : wishes) {
                wish.get();
            }
        }
        batches.forEach(plant::awaitEnd);

        assertThat(count("""
                        select count(*) from batch b
                          join lateral (select sum(copies) filter (where state = 'completed') as completed,
                                               sum(copies) filter (where state = 'failed') as failed,
                                               sum(copies) filter (where state = 'cancelled') as cancelled,
                                               sum(copies) as total
                                          from item i where i.batch = b.key and i.first_ordinal is null) c on true
                         where b.completed <> coalesce(c.completed, 0) or b.failed <> coalesce(c.failed, 0)
                            or b.cancelled <> coalesce(c.cancelled, 0) or b.total <> c.total
                            or b.failed <> coalesce((select sum(items) from batch_failure f where f.batch = b.key), 0)
                        """)).isZero();
        assertThat(count("select count(*) from event")).isEqualTo(count("select sum(run) from batch"));
    }

    private long count(String sql) {
        return plant.database.read(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
