package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.outbound.FaultyServer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.adapters.outbound.OutboundFixture;
import dev.halftone.adapters.outbound.download.CircuitRules;
import dev.halftone.adapters.outbound.download.GuardedDownloader;
import dev.halftone.adapters.outbound.download.HostPacing;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.item.RetryBackoff;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches whose images are on several hosts, of which one does not answer: real connections, a real queue.
@Timeout(120)
class OneDeadHostTest {
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final RetryBackoff BACKOFF =
            new RetryBackoff(5, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofHours(1));

    private final AtomicInteger hung = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch repaired = new CountDownLatch(1);
    private FaultyServer server;
    private GuardedHttp http;
    private Plant plant;

    @BeforeEach
    void begin() throws Exception {
        server = new FaultyServer();
        http = OutboundFixture.client("good.example.com,dead.example.com,other.example.com");
        server.on("/i.jpg", (request, wire) -> {
            if (request.header("host").startsWith("dead") && repaired.getCount() > 0) {
                hung.incrementAndGet();
                wire.hold();
            }
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            wire.pause();
            atOnce.decrementAndGet();
            wire.text("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\npicture");
        });
        plant = new Plant();
    }

    @AfterEach
    void end() throws Exception {
        plant.close();
        http.close();
        server.close();
    }

    private String url(String host, int i) {
        return "http://" + host + ".example.com:" + server.port() + "/i.jpg?" + i;
    }

    private void node(CircuitRules rules, int itemsInFlight) {
        HostPacing pacing = new HostPacing(6, InstantSource.system(), rules, new Random(1));
        NodeSettings quick = Plant.quick();
        NodeSettings settings = new NodeSettings(
                "test",
                quick.slicesAtOnce(),
                itemsInFlight,
                quick.deliveriesAtOnce(),
                quick.poll(),
                quick.heartbeat(),
                quick.missedHeartbeats(),
                quick.drain(),
                BACKOFF,
                quick.deliveries());
        plant.node(new Fetching(new GuardedDownloader(http, pacing, TIME)), settings);
    }

    private record Fetching(Downloader downloader) implements SliceRunner.Processing {
        @Override
        public ItemOutcome process(Item item, Recipe recipe) {
            throw new AssertionError("without a place");
        }

        @Override
        public ItemOutcome process(Item item, Recipe recipe, Place place) throws InterruptedException {
            try {
                downloader.fetch(item.url(), ImageLimits.DEFAULT, place);
                return Plant.delivered(item);
            } catch (HalftoneException e) {
                return e.isUnasked() ? new ItemOutcome.Deferred(e.failure()) : new ItemOutcome.Failed(e.failure());
            }
        }
    }

    private Batch find(BatchId id) {
        return plant.batches.find(Owner.LOCAL, id).orElseThrow();
    }

    /// Blocks of a hundred, the dead host's first. Eight places in all: were they held by who waits for the
    /// dead host, there would be two left.
    @Test
    void allImagesOfTheOtherHostAreDoneBeforeTheDeadOnesAre() throws Exception {
        node(CircuitRules.DEFAULT, 8);

        BatchId id =
                plant.submit(BatchOptions.DEFAULT, 1_600, i -> List.of(url(i / 100 % 2 == 0 ? "dead" : "good", i)));

        Awaitility.await().atMost(Plant.LIMIT).until(() -> find(id).progress().completed() == 800);
        // Six at a time, a second each, and alone once the circuit is open.
        assertThat(hung.get()).isLessThan(40);
        assertThat(find(id).progress().failed()).isZero();
        assertThat(most.get()).isLessThanOrEqualTo(6);
        repaired.countDown();
    }

    @Test
    void whoWaitsForADeadHostTakesNoAttemptAndIsServedWhenItIsBack() throws Exception {
        node(new CircuitRules(5, Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMinutes(10), 5), 64);
        BatchId id = plant.submit(BatchOptions.DEFAULT, 300, i -> List.of(url("dead", i)));
        Awaitility.await().atMost(Plant.LIMIT).until(() -> hung.get() >= 8);

        repaired.countDown();

        assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(300);
        Map<Integer, Long> attempts = plant.batches.items(Owner.LOCAL, id, ItemFilter.first(300)).stream()
                .collect(Collectors.groupingBy(ItemView::attempts, Collectors.counting()));
        // Only those that were sent count one more.
        assertThat(attempts.get(1)).isGreaterThan(300 - 2L * hung.get());
        assertThat(attempts.keySet()).allMatch(attempt -> attempt <= 3);
    }

    @Test
    void theImagesOfAHostThatStaysDeadFailWithItsLastFailure() throws Exception {
        node(new CircuitRules(5, Duration.ofMillis(50), Duration.ofSeconds(4), Duration.ofSeconds(1), 2), 64);
        BatchId id = plant.submit(BatchOptions.DEFAULT, 700, i -> List.of(url(i % 10 == 0 ? "good" : "dead", i)));

        Batch ended = plant.awaitEnd(id);

        assertThat(ended.progress().completed()).isEqualTo(70);
        assertThat(ended.progress().failures()).isEqualTo(Map.of(FailureCode.TIMEOUT, 630L));
        assertThat(plant.batches.items(Owner.LOCAL, id, ItemFilter.first(700)))
                .filteredOn(item -> item.state() == ItemState.FAILED)
                .anySatisfy(item -> assertThat(item.detail().orElseThrow()).contains("given up"));
        assertThat(hung.get()).isLessThan(60);
    }

    /// As in service: nobody asks before the host said, and everybody not much later, whoever got the answer.
    @ParameterizedTest
    @ValueSource(strings = {"5", "Sat, 21 Nov 2026 10:00:05 GMT"})
    @Tag("faults")
    void asksAHostAgainWhenItSaid(String retryAfter) throws Exception {
        List<Long> asked = new CopyOnWriteArrayList<>();
        server.on("/busy.jpg", (request, wire) -> {
            asked.add(System.nanoTime());
            boolean busy =
                    System.nanoTime() - asked.getFirst() < Duration.ofSeconds(1).toNanos();
            wire.text(
                    busy
                            ? "HTTP/1.1 429 Busy\r\nRetry-After: " + retryAfter + "\r\nContent-Length: 0\r\n\r\n"
                            : "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\npicture");
        });
        HostPacing pacing = new HostPacing(6, InstantSource.system());
        NodeSettings settings = NodeSettings.of("test");
        plant.node(new Fetching(new GuardedDownloader(http, pacing, TIME)), settings);

        BatchId id = plant.submit(
                BatchOptions.DEFAULT, 40, i -> List.of("http://other.example.com:" + server.port() + "/busy.jpg?" + i));

        assertThat(plant.awaitEnd(id).progress().completed()).isEqualTo(40);
        List<Double> after =
                asked.stream().map(at -> (at - asked.getFirst()) / 1e9).sorted().toList();
        List<Double> again = after.stream().filter(seconds -> seconds > 1).toList();
        Files.writeString(
                Files.createDirectories(Path.of("target/faults"))
                        .resolve("retry-after-" + (retryAfter.length() > 2 ? "date" : "seconds") + ".txt"),
                "%d requests at once, then %d from %.2f s to %.2f s%n"
                        .formatted(after.size() - again.size(), again.size(), again.getFirst(), again.getLast()),
                StandardCharsets.UTF_8);
        assertThat(after.size() - again.size()).isLessThanOrEqualTo(12);
        assertThat(again.getFirst()).isGreaterThanOrEqualTo(4.9);
        assertThat(again.getLast()).isLessThanOrEqualTo(10);
    }

    /// However long a host asks to be left alone: the item's wait is bounded in all, and then each wait counts.
    @Test
    void anItemThatIsAlwaysPutOffEndsAllTheSame() throws Exception {
        plant.node(
                (item, recipe) -> new ItemOutcome.Deferred(new dev.halftone.domain.failure.Failure(
                        FailureCode.HTTP_STATUS,
                        "the host asked to wait",
                        true,
                        java.util.Optional.of(Duration.ofMillis(20)))),
                Plant.quick());
        BatchId id = plant.submit(3);

        Batch ended = plant.awaitEnd(id);

        assertThat(ended.progress().failures()).isEqualTo(Map.of(FailureCode.HTTP_STATUS, 3L));
        assertThat(plant.batches.items(Owner.LOCAL, id, ItemFilter.first(3)))
                .extracting(ItemView::attempts)
                .containsOnly(3);
    }
}
