package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.outbound.FaultyServer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.adapters.outbound.OutboundFixture;
import dev.halftone.adapters.outbound.download.GuardedDownloader;
import dev.halftone.adapters.outbound.download.HostPacing;
import dev.halftone.adapters.work.FairTurns;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches beside each other, counted in images done rather than in time.
class FairnessTest {

    /// A batch asks for a turn, or is given one.
    private record Step(BatchId batch, boolean given) {}

    /// What a node's images asked for and were given, in order. Counted in turns, a busy machine changes
    /// nothing.
    private static final class Ledger {
        private final List<Step> steps = new ArrayList<>();

        synchronized void asks(BatchId batch) {
            steps.add(new Step(batch, false));
        }

        synchronized void given(BatchId batch) {
            steps.add(new Step(batch, true));
        }

        /// The turns of a batch that were given while all of these had an image waiting.
        synchronized long contested(BatchId batch, BatchId... rivals) {
            Map<BatchId, Integer> waiting = new HashMap<>();
            long turns = 0;
            for (Step step : steps) {
                if (step.given()) {
                    boolean all = Stream.of(rivals).allMatch(rival -> waiting.getOrDefault(rival, 0) > 0);
                    turns += all && step.batch().equals(batch) ? 1 : 0;
                }
                waiting.merge(step.batch(), step.given() ? -1 : 1, Integer::sum);
            }
            return turns;
        }

        /// The turns of one batch from where another first asked to where it was last given one.
        synchronized long during(BatchId batch, BatchId other) {
            int first = steps.indexOf(new Step(other, false));
            int last = steps.lastIndexOf(new Step(other, true));
            return steps.subList(first, last).stream()
                    .filter(new Step(batch, true)::equals)
                    .count();
        }
    }

    /// An engine that takes its time and makes nothing of it.
    private record Stub(FairTurns turns, long millis, Optional<Downloader> downloader, Ledger ledger)
            implements SliceRunner.Processing {
        Stub(FairTurns turns, long millis, Optional<Downloader> downloader) {
            this(turns, millis, downloader, new Ledger());
        }

        @Override
        public ItemOutcome process(Item item, Recipe recipe) throws InterruptedException {
            return process(item, recipe, Place.unbounded(item.batch()));
        }

        @Override
        public ItemOutcome process(Item item, Recipe recipe, Place place) throws InterruptedException {
            ledger.asks(item.batch());
            if (downloader.isPresent()) {
                downloader.get().fetch(item.url(), ImageLimits.DEFAULT, place);
            } else {
                place.take();
            }
            return turns.take(place.owner(), 1_000, () -> {
                ledger.given(item.batch());
                try {
                    TimeUnit.MILLISECONDS.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Plant.delivered(item);
            });
        }
    }

    private static long done(Plant plant, BatchId id) {
        return plant.batches.find(Owner.LOCAL, id).orElseThrow().progress().completed();
    }

    private static void awaitDone(Plant plant, BatchId id, long more) {
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> done(plant, id) >= more);
    }

    private static BatchOptions priority(int priority) {
        BatchOptions usual = BatchOptions.DEFAULT;
        return new BatchOptions(
                usual.compression(),
                usual.onInvalidRows(),
                usual.webhook(),
                usual.name(),
                usual.outputNames(),
                false,
                false,
                false,
                List.of(),
                priority,
                Optional.empty());
    }

    @Test
    void aSmallBatchEndsLongBeforeTheLargeOneInFrontOfIt() throws Exception {
        try (FairTurns turns = new FairTurns(4, 1L << 30);
                Plant plant = new Plant()) {
            Stub stub = new Stub(turns, 10, Optional.empty());
            plant.node(stub);
            BatchId large = plant.submit(3_000);
            awaitDone(plant, large, 100);

            BatchId small = plant.submit(10);
            plant.awaitEnd(small);

            // Without turns, the 500 and more items of its running slices would all go first.
            assertThat(stub.ledger().during(large, small)).isBetween(1L, 99L);
        }
    }

    /// Both batches wait for the same host, which takes six requests at once.
    @Test
    void aSmallBatchDoesNotWaitBehindALargeOneOfTheSameHost() throws Exception {
        try (FairTurns turns = new FairTurns(4, 1L << 30);
                SlowHost host = new SlowHost();
                Plant plant = new Plant()) {
            Stub stub = new Stub(turns, 1, Optional.of(host.downloader()));
            plant.node(stub);
            BatchId large = plant.submit(BatchOptions.DEFAULT, 3_000, host::url);
            awaitDone(plant, large, 100);

            BatchId small = plant.submit(BatchOptions.DEFAULT, 10, host::url);
            plant.awaitEnd(small);

            // First come first served, 512 would go first.
            assertThat(stub.ledger().during(large, small)).isBetween(1L, 99L);
            assertThat(host.most.get()).isBetween(1, 6);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBatchOfTwiceThePriorityGetsTwiceTheTurns(boolean twoNodes) throws Exception {
        try (FairTurns turns = new FairTurns(4, 1L << 30);
                FairTurns others = new FairTurns(4, 1L << 30);
                Plant plant = new Plant()) {
            BatchId usual = plant.submit(priority(5), 6_000, i -> List.of("https://img.example/usual" + i));
            BatchId high = plant.submit(priority(10), 12_000, i -> List.of("https://img.example/high" + i));
            BatchId low = plant.submit(priority(1), 6_000, i -> List.of("https://img.example/low" + i));
            NodeSettings settings = Plant.quick();
            List<Stub> nodes = new ArrayList<>();
            nodes.add(new Stub(turns, 5, Optional.empty()));
            if (twoNodes) {
                nodes.add(new Stub(others, 5, Optional.empty()));
            }
            for (Stub node : nodes) {
                plant.node(node, settings);
            }
            Awaitility.await().atMost(Plant.LIMIT).until(() -> contested(nodes, high, high, usual, low) >= 2_000);

            double share =
                    (double) contested(nodes, high, high, usual, low) / contested(nodes, usual, high, usual, low);
            assertThat(share).isBetween(1.8, 2.2);
            assertThat(contested(nodes, low, high, usual, low)).isPositive();
        }
    }

    private static long contested(List<Stub> nodes, BatchId batch, BatchId... rivals) {
        return nodes.stream()
                .mapToLong(node -> node.ledger().contested(batch, rivals))
                .sum();
    }

    /// A host on loopback that answers after a while, and how many requests it saw at once.
    private static final class SlowHost implements AutoCloseable {
        private final FaultyServer server = new FaultyServer();
        private final GuardedHttp http = OutboundFixture.client("img.example.com");
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        SlowHost() throws Exception {
            server.on("/i.jpg", (request, wire) -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                wire.pause();
                atOnce.decrementAndGet();
                wire.text("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\npicture");
            });
        }

        Downloader downloader() {
            return new GuardedDownloader(
                    http, new HostPacing(HostPacing.PER_HOST, InstantSource.system()), GuardedDownloader.TIME);
        }

        List<String> url(int i) {
            return List.of("http://img.example.com:" + server.port() + "/i.jpg?" + i);
        }

        @Override
        public void close() throws Exception {
            http.close();
            server.close();
        }
    }

    /// Ten images behind five thousand, an engine of 50 ms on eight turns: what a user waits, and what it costs
    /// the one in front.
    @Test
    @Tag("faults")
    void tenImagesBehindFiveThousandAreDoneInThreeSeconds() throws Exception {
        try (FairTurns turns = new FairTurns(8, 1L << 30);
                SlowHost host = new SlowHost();
                Plant plant = new Plant()) {
            plant.node(new Stub(turns, 50, Optional.of(host.downloader())), NodeSettings.of("test"));
            BatchId large = plant.submit(BatchOptions.DEFAULT, 5_000, host::url);
            awaitDone(plant, large, 500);
            double alone = throughput(plant, large, Duration.ofSeconds(8));

            long before = done(plant, large);
            long begun = System.nanoTime();
            BatchId small = plant.submit(BatchOptions.DEFAULT, 10, host::url);
            Batch ended = plant.awaitEnd(small);
            double waited = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1e3;
            awaitDone(plant, large, before + (long) (alone * 8));
            double beside = (done(plant, large) - before) / seconds(begun);

            String seen = "ten images: %.2f s; the large batch: %.1f images/s alone, %.1f beside it (%.1f %% less);"
                            .formatted(waited, alone, beside, 100 * (1 - beside / alone))
                    + " requests at once to the host: %d%n".formatted(host.most.get());
            Files.writeString(
                    Files.createDirectories(Path.of("target/faults")).resolve("fairness.txt"),
                    seen,
                    StandardCharsets.UTF_8);
            assertThat(ended.progress().completed()).isEqualTo(10);
            assertThat(waited).as(seen).isLessThanOrEqualTo(3);
            assertThat(beside).as(seen).isGreaterThanOrEqualTo(0.95 * alone);
            assertThat(host.most.get()).as(seen).isLessThanOrEqualTo(6);
        }
    }

    private static double throughput(Plant plant, BatchId id, Duration during) {
        long before = done(plant, id);
        long begun = System.nanoTime();
        Awaitility.await().pollDelay(during).atMost(Plant.LIMIT).until(() -> true);
        return (done(plant, id) - before) / seconds(begun);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
