package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.work.FairTurns;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchProgress;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A small batch behind a large one.
class FairnessTest {

    @Test
    void aSmallBatchEndsLongBeforeTheLargeOneInFrontOfIt() throws Exception {
        try (FairTurns turns = new FairTurns(4, 1L << 30);
                Plant plant = new Plant()) {
            plant.node((item, compression) -> turns.take(item.batch(), 1_000, () -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Plant.delivered(item);
            }));
            BatchId large = plant.submit(3_000);
            Awaitility.await()
                    .atMost(Plant.LIMIT)
                    .until(() -> plant.batches
                                    .find(Owner.LOCAL, large)
                                    .orElseThrow()
                                    .progress()
                                    .completed()
                            > 100);

            BatchId small = plant.submit(10);
            long before = plant.batches
                    .find(Owner.LOCAL, large)
                    .orElseThrow()
                    .progress()
                    .completed();
            plant.awaitEnd(small);

            BatchProgress meanwhile =
                    plant.batches.find(Owner.LOCAL, large).orElseThrow().progress();
            // Without turns, the 500 and more items of its running slices would all go first.
            assertThat(meanwhile.completed() - before).isLessThan(450);
        }
    }
}
