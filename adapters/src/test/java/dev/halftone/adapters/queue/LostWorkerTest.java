package dev.halftone.adapters.queue;

import static dev.halftone.adapters.queue.TestWorker.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.postgres.JdbiItemStore;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a worker that lost its slice can still do (nothing), and what those who take over find. The workers are
/// names here; the test says which of them holds the slice.
class LostWorkerTest {
    private static Plant plant;
    private static ItemStore items;
    private static TestWorker worker;
    private static JdbiNodes nodes;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        items = new JdbiItemStore(plant.database, plant.queue, plant.queue, plant.random);
        worker = new TestWorker(items);
        nodes = new JdbiNodes(plant.database);
        for (String name : List.of("frozen", "fresh", "dead-1", "dead-2", "dead-3", "last", "alive")) {
            nodes.started(name);
        }
        plant.database.transaction(
                handle -> handle.execute("update node set seen = now() - interval '1 hour' where name like 'dead%'"));
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    @Test
    void changesNothingAfterItLostItsSlice() throws Exception {
        BatchId id = plant.submit(5);
        SliceRun frozen = taken(id, "frozen");
        BegunSlice before = worker.begin(frozen).orElseThrow();
        SliceRun fresh = taken(id, "fresh");
        BegunSlice after = worker.begin(fresh).orElseThrow();

        assertThat(worker.write(id, delivered(before.items()))).isZero();
        assertThat(worker.end(frozen)).isFalse();
        assertThat(worker.begin(frozen)).isEmpty();
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed())
                .isZero();
        assertThat(worker.write(id, delivered(after.items()))).isEqualTo(5);
        assertThat(worker.end(fresh)).isTrue();

        Batch batch = plant.batches.find(Owner.LOCAL, id).orElseThrow();
        assertThat(batch.progress().completed()).isEqualTo(5);
        assertThat(batch.state().isFinal()).isTrue();
        assertThat(after.items()).extracting(item -> item.item().attempt()).containsOnly(2);
        Verifying.rows(plant.database, id);
    }

    @Test
    void runsOnlyWhatIsNotFinalWhenASliceIsRunAgain() throws Exception {
        BatchId id = plant.submit(6);
        SliceRun first = taken(id, "frozen");
        BegunSlice begun = worker.begin(first).orElseThrow();
        worker.write(id, delivered(begun.items().subList(0, 4)));

        BegunSlice again = worker.begin(taken(id, "fresh")).orElseThrow();

        assertThat(again.items()).extracting(item -> item.item().ordinal()).containsExactly(4, 5);
        assertThat(again.suspects()).isEmpty();
    }

    @Test
    void suspectsWhatTwoDeadWorkersWereProcessing() throws Exception {
        BatchId id = plant.submit(3);
        assertThat(worker.begin(taken(id, "dead-1"))).isPresent();

        BegunSlice together = worker.begin(taken(id, "dead-2")).orElseThrow();
        SliceRun run = taken(id, "alive");
        BegunSlice again = worker.begin(run).orElseThrow();

        assertThat(together.items()).hasSize(3);
        assertThat(together.suspects()).isEmpty();
        assertThat(again.items()).isEmpty();
        assertThat(again.suspects()).containsExactly(0, 1, 2);
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().processing())
                .isZero();
        assertThat(items.beginSuspect(run, 1)).isPresent();
        assertThat(items.beginSuspect(run, 1)).isEmpty();
    }

    @Test
    void failsTheGuiltyItemAloneAsPoison() throws Exception {
        BatchId id = plant.submit(3);
        assertThat(worker.begin(taken(id, "dead-1"))).isPresent();
        assertThat(worker.begin(taken(id, "dead-2"))).isPresent();
        SliceRun third = taken(id, "dead-3");
        assertThat(worker.begin(third)).isPresent();
        assertThat(items.beginSuspect(third, 1)).isPresent();

        SliceRun last = taken(id, "last");
        BegunSlice begun = worker.begin(last).orElseThrow();

        assertThat(begun.suspects()).containsExactly(0, 2);
        List<ItemView> views = plant.batches.items(Owner.LOCAL, id, ItemFilter.first(10));
        assertThat(views.get(1).code()).contains(FailureCode.POISON);
        for (int ordinal : begun.suspects()) {
            worker.write(id, delivered(List.of(items.beginSuspect(last, ordinal).orElseThrow())));
        }
        assertThat(worker.end(last)).isTrue();
        Batch batch = plant.batches.find(Owner.LOCAL, id).orElseThrow();
        assertThat(batch.progress().completed()).isEqualTo(2);
        assertThat(batch.progress().failures())
                .containsEntry(FailureCode.POISON, 1L)
                .hasSize(1);
        assertThat(batch.state().isFinal()).isTrue();
        Verifying.rows(plant.database, id);
    }

    @Test
    void endsABatchOnceWhenItsLastItemsEndTogether() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 200; round++) {
                BatchId id = plant.submit(
                        Plant.told("https://hooks.example/once"), 8, i -> List.of("https://img.example/" + i));
                List<BegunItem> begun =
                        worker.begin(taken(id, "alive")).orElseThrow().items();
                CyclicBarrier together = new CyclicBarrier(8);
                List<Callable<Integer>> finishes = new ArrayList<>();
                for (BegunItem item : begun) {
                    finishes.add(() -> {
                        together.await();
                        return worker.write(id, delivered(List.of(item)));
                    });
                }
                for (var done : threads.invokeAll(finishes)) {
                    assertThat(done.get()).isEqualTo(1);
                }

                assertThat(plant.outbox.ofBatch(Owner.LOCAL, id)).hasSize(1);
                assertThat(plant.batches
                                .find(Owner.LOCAL, id)
                                .orElseThrow()
                                .progress()
                                .completed())
                        .isEqualTo(8);
                Verifying.rows(plant.database, id);
            }
        }
    }

    /// The last item ends the batch; its slice ends a moment later, and a retry comes in between.
    @Test
    void aRetryBetweenTheEndOfABatchAndThatOfItsSliceKeepsTheWindow() throws Exception {
        BatchId id = plant.submit(3);
        SliceRun last = taken(id, "alive");
        List<BegunItem> begun = worker.begin(last).orElseThrow().items();
        List<Ended> ended = new ArrayList<>(delivered(begun.subList(0, 2)));
        ended.add(new Ended(begun.get(2).item(), Plant.failed(FailureCode.NOT_AN_IMAGE)));
        worker.write(id, ended);
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().state().isFinal())
                .isTrue();

        new JdbiBatchControl(plant.database, plant.queue, plant.queue, plant.random).retry(Owner.LOCAL, id, Set.of());
        assertThat(worker.end(last)).isTrue();

        SliceRun again = taken(id, "fresh");
        List<BegunItem> more = worker.begin(again).orElseThrow().items();
        assertThat(more).extracting(item -> item.item().ordinal()).containsExactly(2);
        worker.write(id, delivered(more));
        assertThat(worker.end(again)).isTrue();
        Verifying.rows(plant.database, id);
        assertThat(plant.database.<Integer, RuntimeException>read(
                        handle -> handle.createQuery("select open_slices from batch where id = :id")
                                .bind("id", id.toString())
                                .mapTo(Integer.class)
                                .one()))
                .isZero();
    }

    @Test
    void finishingTwiceCountsOnce() throws Exception {
        BatchId id = plant.submit(2);
        BegunSlice begun = worker.begin(taken(id, "alive")).orElseThrow();

        assertThat(worker.write(id, delivered(begun.items().subList(0, 1)))).isEqualTo(1);
        assertThat(worker.write(id, delivered(begun.items()))).isEqualTo(1);
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed())
                .isEqualTo(2);
        Verifying.rows(plant.database, id);
    }

    /// The slice of a small batch as it is after a worker took it from whoever had it.
    private static SliceRun taken(BatchId id, String worker) {
        return plant.database.transaction(handle -> handle.createQuery("""
                        update slice_queue set picked = true, picked_by = :worker, version = version + 1
                         where task_instance like :id || ':%' returning task_instance, version
                        """)
                .bind("worker", worker)
                .bind("id", id.toString())
                .map((row, context) ->
                        new SliceRun(new Slice(id, ordinals(id), true), row.getString(1), worker, row.getLong(2)))
                .one());
    }

    private static List<Integer> ordinals(BatchId id) {
        return IntStream.range(0, (int) plant.batches
                        .find(Owner.LOCAL, id)
                        .orElseThrow()
                        .progress()
                        .total())
                .boxed()
                .toList();
    }
}
