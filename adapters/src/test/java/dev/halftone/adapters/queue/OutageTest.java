package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that dies under a running node, and comes back.
class OutageTest {
    @TempDir
    Path folder;

    @Test
    void goesOnAfterTheDatabaseWasKilled() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"));
                Plant plant = new Plant(server.settings())) {
            BatchId id = plant.submit(3_000);
            AtomicInteger begun = new AtomicInteger();
            WorkerNode node = plant.node((item, compression) -> {
                if (begun.incrementAndGet() == 700) {
                    ProcessHandle.of(server.pid().orElseThrow()).orElseThrow().destroyForcibly();
                }
                TimeUnit.MILLISECONDS.sleep(2);
                return Plant.delivered(item);
            });

            Batch batch = Awaitility.await()
                    .atMost(Plant.LIMIT)
                    .ignoreExceptions()
                    .until(
                            () -> plant.batches.find(Owner.LOCAL, id).orElseThrow(),
                            found -> found.state().isFinal());

            assertThat(batch.progress().completed()).isEqualTo(3_000);
            assertThat(batch.progress().bytesIn()).isEqualTo(3_000_000);
            Awaitility.await().atMost(Plant.LIMIT).until(node::isHealthy);
        }
    }
}
