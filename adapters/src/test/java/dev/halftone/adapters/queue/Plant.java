package dev.halftone.adapters.queue;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchStore;
import dev.halftone.adapters.postgres.JdbiOutbox;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.TestPostgres;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.DeliverySchedule;
import dev.halftone.domain.event.EventSender;
import dev.halftone.domain.event.WebhookMessage;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ProcessItem;
import dev.halftone.domain.item.RetryBackoff;
import dev.halftone.domain.job.RunJob;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/// A database of its own with everything that works on it, for tests.
public final class Plant implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(60);

    public final SecureRandom random = new SecureRandom();
    public final PostgresSettings settings;
    public final Database database;
    public final DbSchedulerQueue queue;
    public final JdbiBatchStore batches;
    public final JdbiOutbox outbox;
    public final Queue<WebhookMessage> told = new ConcurrentLinkedQueue<>();
    public volatile Function<WebhookMessage, DeliveryResult> receiver = message -> new DeliveryResult.Accepted(200);
    public volatile RunJob.Making making = (asset, pipeline, progress) -> {};
    private final List<WorkerNode> nodes = new ArrayList<>();

    public Plant() throws Exception {
        this(TestPostgres.freshDatabase());
    }

    public Plant(PostgresSettings settings) {
        this.settings = settings;
        database = Database.open(settings);
        queue = new DbSchedulerQueue(database, random);
        batches = new JdbiBatchStore(database, queue, random);
        outbox = new JdbiOutbox(database, queue);
    }

    /// Settings that make a test short: heartbeats of 0.4 s, and a machine may stall for two, retries and
    /// deliveries without a wait.
    public static NodeSettings quick() {
        return new NodeSettings(
                "test",
                16,
                64,
                4,
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                6,
                Duration.ofSeconds(2),
                new RetryBackoff(3, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(100)),
                new DeliverySchedule(List.of(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(100))));
    }

    public WorkerNode node(SliceRunner.Processing processing) {
        return node(processing, quick());
    }

    public WorkerNode node(SliceRunner.Processing processing, NodeSettings settings) {
        WorkerNode node = unstarted(processing, settings);
        node.start();
        return node;
    }

    public WorkerNode unstarted(SliceRunner.Processing processing, NodeSettings settings) {
        EventSender sender = message -> {
            told.add(message);
            return receiver.apply(message);
        };
        WorkerNode node = new WorkerNode(
                database,
                queue,
                processing,
                (asset, pipeline, progress) -> making.make(asset, pipeline, progress),
                event -> "{\"type\":\"" + event.type() + "\"}",
                sender,
                settings,
                List.of(),
                random);
        nodes.add(node);
        return node;
    }

    public BatchStore.Submitted submit(NewBatch batch, int rows, IntFunction<List<String>> urls) throws IOException {
        return batches.submit(batch, sink -> {
            long images = 0;
            for (int i = 0; i < rows; i++) {
                List<SourceUrl> addresses = urls.apply(i).stream()
                        .map(url -> new SourceUrl(URI.create(url)))
                        .toList();
                images += addresses.size();
                sink.row(new Row(i, i + 2L, String.valueOf(i + 1), "Product " + i, false, addresses));
            }
            return Optional.of(new ManifestSummary(rows, rows, images, 0));
        });
    }

    public BatchId submit(BatchOptions options, int rows, IntFunction<List<String>> urls) throws IOException {
        BatchStore.Submitted submitted = submit(newBatch(options, Optional.empty(), "x"), rows, urls);
        return ((BatchStore.Submitted.Stored) submitted).batch().id();
    }

    /// A batch of rows with one URL each, all different.
    public BatchId submit(int rows) throws IOException {
        return submit(BatchOptions.DEFAULT, rows, i -> List.of("https://img.example/" + i + ".jpg"));
    }

    public NewBatch newBatch(BatchOptions options, Optional<String> key, String content) {
        BatchId id = BatchId.random(random);
        return new NewBatch(
                id, options, SubmitBatch.uploadKey(id), key, ContentHash.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    public static BatchOptions told(String webhook) {
        return told(webhook, false);
    }

    public static BatchOptions told(String webhook, boolean progress) {
        return new BatchOptions(
                BatchOptions.DEFAULT.compression(),
                BatchOptions.DEFAULT.onInvalidRows(),
                Optional.of(new SourceUrl(URI.create(webhook))),
                Optional.of("spring"),
                Optional.empty(),
                false,
                false,
                progress,
                List.of(),
                Optional.empty());
    }

    public Batch awaitEnd(BatchId id) {
        return Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> batches.find(id).orElseThrow(),
                        batch -> batch.state().isFinal());
    }

    public static ItemOutcome delivered(Item item) {
        return new ItemOutcome.Delivered(
                false,
                1_000,
                new ItemOutcome.Output(
                        ProcessItem.keyOf(item, ImageFormat.JPEG),
                        ImageFormat.JPEG,
                        new PixelSize(4, 3),
                        400,
                        ContentHash.of(new byte[] {1}),
                        List.of("small")));
    }

    public static ItemOutcome failed(FailureCode code) {
        return new ItemOutcome.Failed(Failure.of(code, "as the test wants it"));
    }

    /// Nothing works any more; a node may be made again.
    public void stopNodes() {
        nodes.forEach(WorkerNode::close);
        nodes.clear();
    }

    @Override
    public void close() {
        stopNodes();
        database.close();
    }
}
