package dev.halftone.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.TestWorker;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Again;
import dev.halftone.domain.item.ItemStore.Missed;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceRun;
import dev.halftone.domain.pipeline.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How a batch's window is shared between its hosts. The tests take slices as a worker does.
class LanesTest {
    private static Plant plant;
    private static ItemStore items;
    private static TestWorker worker;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        items = new JdbiItemStore(plant.database, plant.queue, plant.queue, plant.random);
        worker = new TestWorker(items);
        new JdbiNodes(plant.database).started("worker");
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    private static BatchId submit(int rows, IntFunction<String> host) throws Exception {
        return plant.submit(
                BatchOptions.DEFAULT, rows, i -> List.of("https://" + host.apply(i) + ".example/" + i + ".jpg"));
    }

    /// The batch's slices that are due, in the order of their first items.
    private static List<SliceRun> due(BatchId id) {
        List<SliceRun> runs = new ArrayList<>(plant.database.transaction(handle -> handle.createQuery("""
                        update slice_queue set picked = true, picked_by = 'worker', version = version + 1
                         where task_instance like :id || ':%' and execution_time <= clock_timestamp()
                        returning task_instance, version, convert_from(task_data, 'UTF8')
                        """)
                .bind("id", id.toString())
                .map((row, context) ->
                        new SliceRun(slice(id, row.getString(3)), row.getString(1), "worker", row.getLong(2)))
                .list()));
        runs.sort(Comparator.comparingInt(run -> run.slice().ordinals().getFirst()));
        return runs;
    }

    private static Slice slice(BatchId id, String data) {
        String ordinals = data.replaceAll(".*\"ordinals\":\\[([0-9,]+)].*", "$1");
        return new Slice(
                id,
                java.util.Arrays.stream(ordinals.split(","))
                        .map(Integer::valueOf)
                        .toList(),
                data.contains("\"chained\":true"));
    }

    private static int queued(BatchId id) {
        return number("select count(*) from slice_queue where task_instance like '" + id + ":%'");
    }

    private static int number(String sql) {
        return plant.database.read(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private static void deliver(SliceRun run) {
        BegunSlice begun = worker.begin(run).orElseThrow();
        worker.write(run.slice().batch(), TestWorker.delivered(begun.items()));
        assertThat(worker.end(run)).isTrue();
    }

    private static void putOff(SliceRun run, Duration wait) {
        BegunSlice begun = worker.begin(run).orElseThrow();
        Failure reason = Failure.of(FailureCode.CONNECT_FAILED, "the host is left alone");
        List<Missed> missed = begun.items().stream()
                .map(item -> new Missed(item.item(), reason))
                .toList();
        assertThat(worker.end(run, new Again(wait, missed, false))).isTrue();
    }

    /// How many slices there are of each residue of their items' ordinals.
    private static Map<Integer, Integer> byHost(List<SliceRun> runs, int hosts) {
        Map<Integer, Integer> found = new TreeMap<>();
        for (SliceRun run : runs) {
            assertThat(run.slice().ordinals().stream().map(ordinal -> ordinal % hosts))
                    .containsOnly(run.slice().ordinals().getFirst() % hosts);
            found.merge(run.slice().ordinals().getFirst() % hosts, 1, Integer::sum);
        }
        return found;
    }

    @Test
    void sharesTheWindowBetweenHosts() throws Exception {
        BatchId id = submit(3_000, i -> "host" + i % 3);

        List<SliceRun> window = due(id);

        assertThat(window).hasSize(8);
        assertThat(byHost(window, 3)).isEqualTo(Map.of(0, 3, 1, 3, 2, 2));
        assertThat(window.getFirst().slice().ordinals())
                .isEqualTo(IntStream.range(0, 64).map(i -> i * 3).boxed().toList());
    }

    @Test
    void runsTheBatchOfOneHostInOrder() throws Exception {
        BatchId id = submit(1_000, i -> "only");

        assertThat(due(id).stream().flatMap(run -> run.slice().ordinals().stream()))
                .containsExactlyElementsOf(IntStream.range(0, 512).boxed().toList());
        assertThat(number("select count(*) from item i join batch b on b.key = i.batch where b.id = '" + id
                        + "' and lane > 0"))
                .isZero();
    }

    /// The images of one host all stand before those of the other.
    @Test
    void goesOnWithAnotherHostWhileOneIsSlow() throws Exception {
        BatchId id = submit(4_000, i -> i < 2_000 ? "slow" : "good");
        List<SliceRun> window = due(id);
        List<SliceRun> good = window.stream()
                .filter(run -> run.slice().ordinals().getFirst() >= 2_000)
                .toList();
        assertThat(good).hasSize(4);

        int delivered = 0;
        while (!good.isEmpty()) {
            good.forEach(LanesTest::deliver);
            delivered += good.size();
            List<SliceRun> all = due(id);
            good = all.stream()
                    .filter(run -> run.slice().ordinals().getFirst() >= 2_000)
                    .toList();
            // Until there is nothing else, the slow host has no more than its half.
            if (delivered <= 24) {
                assertThat(all.size() - good.size()).isEqualTo(4);
            }
        }
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed())
                .isEqualTo(2_000);
        assertThat(queued(id)).isEqualTo(8);
    }

    @Test
    void endsABatchWithMoreHostsThanLanes() throws Exception {
        BatchId id = submit(2_000, i -> "host" + i * i % 97);
        int slices = 0;
        for (List<SliceRun> runs = due(id); !runs.isEmpty(); runs = due(id)) {
            assertThat(queued(id)).isLessThanOrEqualTo(8);
            runs.forEach(LanesTest::deliver);
            slices += runs.size();
        }
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed())
                .isEqualTo(2_000);
        assertThat(slices).isBetween(32, 32 + Lanes.MOST);
    }

    @Test
    void opensNoFurtherSlicesOfAHostThatIsLeftAlone() throws Exception {
        BatchId id = submit(4_000, i -> i % 2 == 0 ? "dead" : "good");
        for (SliceRun run : due(id)) {
            if (run.slice().ordinals().getFirst() % 2 == 0) {
                putOff(run, Duration.ofMinutes(5));
            } else {
                deliver(run);
            }
        }
        int delivered = 0;
        for (List<SliceRun> runs = due(id); !runs.isEmpty(); runs = due(id)) {
            for (SliceRun run : runs) {
                if (run.slice().ordinals().getFirst() % 2 == 0) {
                    putOff(run, Duration.ofMinutes(5));
                } else {
                    deliver(run);
                    delivered++;
                }
            }
        }

        // All of the good host is done; of the dead one a window's worth waits, without an attempt counted.
        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed())
                .isEqualTo(2_000);
        assertThat(delivered).isPositive();
        assertThat(queued(id)).isBetween(4, 8);
        assertThat(number("select count(*) from item i join batch b on b.key = i.batch where b.id = '" + id
                        + "' and i.ordinal % 2 = 0 and i.state = 'pending' and i.attempts = 0"))
                .isEqualTo(2_000);
    }

    @Test
    void goesOnWithAHostOnceWhatWasPutOffHasComeBack() throws Exception {
        BatchId id = submit(1_500, i -> "back");
        due(id).forEach(run -> putOff(run, Duration.ofMinutes(5)));
        for (List<SliceRun> runs = due(id); !runs.isEmpty(); runs = due(id)) {
            runs.forEach(run -> putOff(run, Duration.ofMinutes(5)));
        }
        plant.database.transaction(handle ->
                handle.execute("update slice_queue set execution_time = now() where task_instance like ?", id + ":%"));
        plant.database.transaction(handle -> handle.execute(
                "update batch_lane set paused_until = now() where batch = (select key from batch where id = ?)",
                id.toString()));

        for (List<SliceRun> runs = due(id); !runs.isEmpty(); runs = due(id)) {
            runs.forEach(LanesTest::deliver);
        }

        assertThat(plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed())
                .isEqualTo(1_500);
        assertThat(plant.batches.items(Owner.LOCAL, id, ItemFilter.first(10)))
                .extracting(ItemView::attempts)
                .containsOnly(1);
    }

    @Test
    void tellsHowLongAnItemHasBeenPutOff() throws Exception {
        BatchId id = submit(1, i -> "waits");
        putOff(due(id).getFirst(), Duration.ZERO);
        plant.database.transaction(handle -> handle.execute("""
                        update item set waiting_since = waiting_since - interval '1 hour'
                         where batch = (select key from batch where id = ?)
                        """, id.toString()));
        putOff(due(id).getFirst(), Duration.ZERO);

        BegunSlice begun = worker.begin(due(id).getFirst()).orElseThrow();

        assertThat(begun.items().getFirst().waited()).isBetween(Duration.ofHours(1), Duration.ofMinutes(62));
        assertThat(begun.items().getFirst().attempts()).isEqualTo(1);
        assertThat(begun.items().getFirst().item().attempt()).isEqualTo(3);
    }

    @Test
    void hasALargerWindowForAHigherPriority() throws Exception {
        BatchOptions urgent = new BatchOptions(
                Compression.DEFAULT,
                BatchOptions.DEFAULT.onInvalidRows(),
                BatchOptions.DEFAULT.webhook(),
                BatchOptions.DEFAULT.name(),
                BatchOptions.DEFAULT.outputNames(),
                false,
                false,
                false,
                List.of(),
                10,
                Optional.empty());
        BatchId id = plant.submit(urgent, 3_000, i -> List.of("https://img.example/" + i));

        assertThat(queued(id)).isEqualTo(16);
        due(id).forEach(LanesTest::deliver);
        assertThat(queued(id)).isEqualTo(16);
    }

    /// A database as a version before the lanes left it, with a batch half way.
    @Test
    void takesOverBatchesOfAVersionBefore() throws Exception {
        PostgresSettings settings = TestPostgres.freshDatabase();
        Flyway.configure()
                .dataSource(
                        settings.url(),
                        settings.user().orElseThrow(),
                        settings.password().orElseThrow())
                .locations("classpath:db/migration")
                .target("9")
                .load()
                .migrate();
        BatchId id;
        try (var connection = java.sql.DriverManager.getConnection(
                        settings.url(),
                        settings.user().orElseThrow(),
                        settings.password().orElseThrow());
                var statement = connection.createStatement()) {
            id = BatchId.random(plant.random);
            statement.execute("""
                    insert into batch (id, options, upload, fingerprint, total, pending, products, next_item, open_slices)
                    values ('%s', '{"quality": "50"}', 'uploads/x', repeat('a', 64), 700, 700, 700, 128, 2)
                    """.formatted(id));
            statement.execute("""
                    insert into manifest_row select key, i, i + 2, 'p' from batch, generate_series(0, 699) i;
                    insert into item (batch, ordinal, row_index, position, url)
                    select key, i, i, 1, 'https://img.example/' || i from batch, generate_series(0, 699) i
                    """);
            for (int from : new int[] {0, 64}) {
                statement.execute("""
                        insert into slice_queue (task_name, task_instance, task_data, execution_time, picked, version)
                        values ('slice', '%s:%d', convert_to('{"batch":"%s","ordinals":%s,"chained":true}', 'UTF8'),
                                now(), false, 1)
                        """.formatted(
                        id, from, id, IntStream.range(from, from + 64).boxed().toList()));
            }
        }

        try (Plant upgraded = new Plant(settings)) {
            upgraded.node((item, recipe) -> Plant.delivered(item));

            assertThat(upgraded.awaitEnd(id).progress().completed()).isEqualTo(700);
        }
    }
}
