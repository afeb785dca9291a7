package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemState;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Batches from submission to their end, by real workers on a real database.
class RunBatchTest {
    private static Plant plant;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        plant.node((item, compression) -> {
            String url = item.url().toString();
            if (url.contains("missing")) {
                return Plant.failed(FailureCode.NOT_AN_IMAGE);
            }
            if (url.contains("flaky") && item.attempt() < 3 || url.contains("down")) {
                return Plant.failed(FailureCode.TIMEOUT);
            }
            return Plant.delivered(item);
        });
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    @Test
    void completesABatchOfSeveralWindows() throws Exception {
        BatchId id = plant.submit(1_500);

        Batch batch = plant.awaitEnd(id);

        assertThat(batch.state()).isEqualTo(BatchState.COMPLETED);
        assertThat(batch.progress().completed()).isEqualTo(1_500);
        assertThat(batch.progress().bytesIn()).isEqualTo(1_500_000);
        assertThat(batch.progress().bytesOut()).isEqualTo(600_000);
        assertThat(batch.started()).isPresent();
        assertThat(batch.finished()).isPresent();
        // The last slices leave the queue a moment after their last items.
        Awaitility.await().atMost(Plant.LIMIT).until(() -> queued(id) == 0);
    }

    @Test
    void runsARepeatedUrlOnceAndCountsEachOfItsItems() throws Exception {
        BatchId id = plant.submit(
                BatchOptions.DEFAULT,
                100,
                i -> List.of("https://img.example/shared" + i % 2 + ".jpg", "https://img.example/own" + i + ".jpg"));

        Batch batch = plant.awaitEnd(id);

        assertThat(batch.progress().completed()).isEqualTo(200);
        assertThat(batch.progress().bytesIn()).isEqualTo(200_000);
        List<ItemView> items = plant.batches.items(Owner.LOCAL, id, ItemFilter.first(1_000));
        assertThat(items)
                .allSatisfy(
                        item -> assertThat(item.result().orElseThrow().notes()).containsExactly("small"));
        assertThat(items).hasSize(200);
        assertThat(items).extracting(ItemView::state).containsOnly(ItemState.COMPLETED);
        assertThat(items.get(4).url()).isEqualTo("https://img.example/shared0.jpg");
        assertThat(items.get(4).result()).isEqualTo(items.getFirst().result());
        assertThat(items.get(4).rowIndex()).isEqualTo(2);
    }

    @Test
    void triesWhatMayPassAgainAndCountsTheAttempts() throws Exception {
        BatchId id = plant.submit(BatchOptions.DEFAULT, 70, i -> List.of("https://img.example/flaky" + i + ".jpg"));

        Batch batch = plant.awaitEnd(id);

        assertThat(batch.progress().completed()).isEqualTo(70);
        assertThat(plant.batches.items(Owner.LOCAL, id, ItemFilter.first(70)))
                .extracting(ItemView::attempts)
                .containsOnly(3);
    }

    @Test
    void failsWhatDoesNotPassAfterItsLastAttempt() throws Exception {
        BatchId id = plant.submit(
                BatchOptions.DEFAULT,
                3,
                i -> List.of("https://img.example/"
                        + List.of("down", "missing", "good").get(i)));

        Batch batch = plant.awaitEnd(id);

        assertThat(batch.state()).isEqualTo(BatchState.COMPLETED);
        assertThat(batch.progress().failures())
                .isEqualTo(Map.of(FailureCode.TIMEOUT, 1L, FailureCode.NOT_AN_IMAGE, 1L));
        List<ItemView> items = plant.batches.items(Owner.LOCAL, id, ItemFilter.first(10));
        assertThat(items).extracting(ItemView::attempts).containsExactly(3, 1, 1);
        assertThat(items.get(1).detail()).contains("as the test wants it");
    }

    @Test
    void failsABatchWhoseItemsAllFailed() throws Exception {
        BatchId id = plant.submit(BatchOptions.DEFAULT, 2, i -> List.of("https://img.example/missing" + i));

        assertThat(plant.awaitEnd(id).state()).isEqualTo(BatchState.FAILED);
    }

    @Test
    void tellsTheEndOnceAndInTheSameTransaction() throws Exception {
        BatchId id =
                plant.submit(Plant.told("https://hooks.example/once"), 200, i -> List.of("https://img.example/e" + i));
        plant.awaitEnd(id);

        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.told.stream()
                        .anyMatch(message -> message.endpoint().toString().endsWith("/once")));

        assertThat(plant.outbox.ofBatch(Owner.LOCAL, id)).hasSize(1);
        assertThat(plant.told.stream()
                        .filter(message -> message.endpoint().toString().endsWith("/once")))
                .hasSize(1)
                .allSatisfy(message -> {
                    assertThat(message.body()).isEqualTo("{\"type\":\"batch.completed\"}");
                    assertThat(message.secrets().getFirst()).startsWith("whsec_");
                    assertThat(message.id()).doesNotContain(".");
                });
    }

    private static int queued(BatchId id) {
        return plant.database.read(
                handle -> handle.createQuery("select count(*) from slice_queue where task_instance like :id || '%'")
                        .bind("id", id.toString())
                        .mapTo(Integer.class)
                        .one());
    }
}
