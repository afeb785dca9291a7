package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobState;
import dev.halftone.domain.job.NewJob;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A node that is told to stop while it does everything that a node does, with another one looking on.
class StoppingTest {
    /// Longer than the lease of 2.4 seconds: a heartbeat that stopped with the taking would lose the work.
    private static final Duration DRAIN = Duration.ofSeconds(4);

    private final CountDownLatch never = new CountDownLatch(1);
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Queue<Long> takenOver = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    @Test
    void endsWhatEndsAndHandsTheRestBackUncounted() throws Exception {
        try (Plant plant = new Plant()) {
            plant.receiver = message -> {
                hangUntilStopped("delivery");
                return new DeliveryResult.Accepted(200);
            };
            plant.making = (asset, pipeline, progress) -> hangUntilStopped("job");
            WorkerNode stopping = plant.node((item, recipe) -> processed(item), drainedIn(DRAIN));
            JobId job = submittedJob(plant);
            BatchId told =
                    plant.submit(Plant.told("https://hooks.example/a"), 1, i -> List.of("https://img.example/a"));
            BatchId batch = plant.submit(BatchOptions.DEFAULT, 6, i -> List.of(url(i)));
            await().atMost(Plant.LIMIT).until(() -> underWay.containsAll(Set.of("delivery", "job", "slow", "hang")));
            plant.node((item, recipe) -> {
                takenOver.add(System.nanoTime());
                return Plant.delivered(item);
            });

            long began = System.nanoTime();
            stopped = true;
            stopping.close();
            long took = System.nanoTime() - began;

            assertThat(Duration.ofNanos(took)).isBetween(DRAIN, DRAIN.plusSeconds(2));
            assertThat(plant.awaitEnd(batch).progress().completed()).isEqualTo(6);
            assertThat(takenOver).as("only what was handed back").hasSize(2);
            assertThat(takenOver).allMatch(at -> at - began >= DRAIN.toNanos());
            assertThat(plant.batches.items(Owner.LOCAL, batch, ItemFilter.first(10)))
                    .extracting(ItemView::attempts)
                    .containsOnly(1);
            assertThat(count(plant, "select coalesce(sum(crashes), 0) from item"))
                    .isZero();

            Job done = await().atMost(Plant.LIMIT)
                    .until(
                            () -> jobs(plant).find(Owner.LOCAL, job).orElseThrow(),
                            found -> found.state() == JobState.DONE);
            assertThat(done.attempts()).isEqualTo(1);
            assertThat(count(plant, "select crashes from job")).isZero();
            Delivery delivery = await().atMost(Plant.LIMIT)
                    .until(
                            () -> plant.outbox.ofBatch(Owner.LOCAL, told).getFirst(),
                            found -> found.state() == Delivery.State.DELIVERED);
            assertThat(delivery.attempts())
                    .as("an attempt that was cut off is none")
                    .hasSize(1);
        }
    }

    private static String url(int i) {
        String kind = i == 0 ? "slow" : i < 3 ? "hang" : "good";
        return "https://img.example/" + kind + i;
    }

    private dev.halftone.domain.item.ItemOutcome processed(Item item) throws InterruptedException {
        String url = item.url().toString();
        if (url.contains("hang")) {
            underWay.add("hang");
            never.await();
        } else if (url.contains("slow")) {
            underWay.add("slow");
            while (!stopped) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(DRAIN.toMillis() - 800);
        }
        return Plant.delivered(item);
    }

    /// Hangs on the node that stops, and lets the other one through.
    private void hangUntilStopped(String what) throws InterruptedException {
        if (!stopped) {
            underWay.add(what);
            never.await();
        }
    }

    private static NodeSettings drainedIn(Duration drain) {
        NodeSettings quick = Plant.quick();
        return new NodeSettings(
                quick.name(),
                quick.slicesAtOnce(),
                quick.itemsInFlight(),
                quick.deliveriesAtOnce(),
                quick.poll(),
                quick.heartbeat(),
                quick.missedHeartbeats(),
                drain,
                quick.backoff(),
                quick.deliveries());
    }

    private static JobId submittedJob(Plant plant) {
        AssetId asset = AssetId.random(plant.random);
        new JdbiAssetStore(plant.database)
                .add(
                        Caller.LOCAL,
                        new Asset(
                                asset,
                                ImageFormat.JPEG,
                                new PixelSize(40, 30),
                                100,
                                ContentHash.of(new byte[1]),
                                Instant.parse("2026-11-21T09:00:00Z")));
        Pipeline pipeline = new Pipeline(List.of(new Operation.Blur(2)), PipelineReader.OUTPUT);
        NewJob job = new NewJob(Owner.LOCAL, JobId.random(plant.random), asset, pipeline, Optional.empty());
        return jobs(plant).submit(job).orElseThrow().job().id();
    }

    private static JdbiJobStore jobs(Plant plant) {
        return new JdbiJobStore(plant.database, plant.queue, plant.queue, plant.random);
    }

    private static int count(Plant plant, String sql) {
        return plant.database.read(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }
}
