package dev.halftone.adapters.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.Stock;
import dev.halftone.adapters.queue.Verifying;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.audit.BatchEntry;
import dev.halftone.domain.audit.Check;
import dev.halftone.domain.audit.Finding;
import dev.halftone.domain.audit.Ledger;
import dev.halftone.domain.audit.NamedObject;
import dev.halftone.domain.audit.StockReport;
import dev.halftone.domain.audit.VerifyStock.Scope;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.NewJob;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineReader;
import dev.halftone.domain.stock.StockMark;
import dev.halftone.domain.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The oracle sees whatever is broken, each thing for itself, and nothing where nothing is.
class VerifyStockTest {
    private static final String CSV = """
            S. No.,Product Name,Input Image Urls,Note
            1,"Cup, large","https://img.example/a.jpg, https://img.example/bad.jpg, https://img.example/b.jpg",x

            2,Saucer,https://img.example/a.jpg,=1+1
            3,Plate,not an address,skipped
            4,Bowl,"https://img.example/c d.jpg
            https://img.example/w_300,h_200.jpg",y
            """;

    @TempDir
    private Path folder;

    private Stock stock;
    private BatchId id;

    @BeforeEach
    void settle() throws Exception {
        stock = new Stock(folder);
        stock.plant.node(stock.processing());
        Batch batch = stock.submit(
                CSV,
                Stock.options(Map.of(
                        "onInvalidRows", "skip",
                        "renditions", "main:w=400;thumb:w=100",
                        "webhookUrl", "https://hooks.example/a")));
        id = batch.id();
        assertThat(stock.plant.awaitEnd(id).progress().completed()).isEqualTo(5);
        Awaitility.await().atMost(Plant.LIMIT).until(() -> !stock.plant.told.isEmpty());
        stock.plant.stopNodes();
    }

    @AfterEach
    void close() {
        stock.close();
    }

    private StockReport report(Scope scope) {
        return Verifying.of(stock.plant.database, stock.plant.batches, stock.objects)
                .run(scope);
    }

    private void finds(Check... expected) {
        assertThat(report(Scope.SETTLED).findings()).extracting(Finding::check).containsOnly(expected);
        assertThat(report(new Scope(Optional.of(id), true, true)).findings())
                .extracting(Finding::check)
                .containsOnly(expected);
    }

    private int sql(String statement) {
        return stock.plant.database.transaction(handle -> handle.createUpdate(
                        statement.replace("$batch", "(select key from batch where id = '" + id + "')"))
                .execute());
    }

    @Test
    void findsNothingWhereNothingIsBroken() throws Exception {
        Batch plain = stock.submit(
                "\uFEFFsep=;\n1;Cup;https://img.example/1.jpg\n2;Cup;https://img.example/bad.jpg\n",
                BatchOptions.DEFAULT);
        stock.plant.node(stock.processing());
        stock.plant.awaitEnd(plain.id());

        StockReport report = report(Scope.SETTLED);

        assertThat(report.findings()).isEmpty();
        assertThat(report.checked())
                .containsEntry("batches", 2L)
                .containsEntry("items", 8L)
                .containsEntry("objects", 2L + 4 * 3 + 1)
                .containsEntry("objects listed", 2L + 4 * 3 + 1)
                .containsEntry("rows of output CSVs", 6L);
        assertThat(report.checked().get("bytes")).isPositive();
        assertThat(report(new Scope(Optional.of(id), true, true)).checked()).containsEntry("objects", 13L);
        assertThat(report(new Scope(Optional.empty(), false, false)).checked()).containsEntry("bytes", 0L);
    }

    @Test
    void findsAnObjectThatIsGone() {
        stock.objects.delete(new ObjectKey("batches/" + id + "/000001-001.jpg"));
        finds(Check.OBJECT_MISSING);
        assertThat(report(Scope.SETTLED).findings().getFirst().where())
                .isEqualTo("object batches/%s/000001-001.jpg of batch %s".formatted(id, id));
        assertThat(report(new Scope(Optional.empty(), false, false)).isClean()).isFalse();
    }

    @Test
    void findsARenditionThatIsGone() {
        stock.objects.delete(new ObjectKey("batches/" + id + ".thumb/000001-003.jpg"));
        finds(Check.OBJECT_MISSING);
    }

    @Test
    void findsAnUploadThatIsGone() {
        stock.objects.delete(SubmitBatch.uploadKey(id));
        finds(Check.OBJECT_MISSING, Check.OUTPUT_CSV);
    }

    @Test
    void findsAnObjectWithOtherBytes() {
        ObjectKey key = new ObjectKey("batches/" + id + ".main/000001-001.jpg");
        byte[] bytes = "https://img.example/a.jpgmain".repeat(5).getBytes(StandardCharsets.UTF_8);
        bytes[7]++;
        stock.objects.put(key, bytes, "image/jpeg");
        finds(Check.OBJECT_CHANGED);
        assertThat(report(new Scope(Optional.empty(), true, false)).isClean())
                .as("the length is the same, and bytes are not read")
                .isTrue();
        stock.objects.put(key, new byte[3], "image/jpeg");
        assertThat(report(new Scope(Optional.empty(), true, false)).isClean()).isFalse();
    }

    @Test
    void findsObjectsThatNoRowNames() {
        stock.objects.put(new ObjectKey("batches/" + id + "/000009-001.jpg"), new byte[1], "image/jpeg");
        finds(Check.OBJECT_WITHOUT_ROW);
        stock.objects.put(SubmitBatch.uploadKey(BatchId.random(stock.plant.random)), new byte[1], "text/csv");
        stock.objects.put(Asset.keyOf(AssetId.random(stock.plant.random), ImageFormat.PNG), new byte[1], "image/png");
        stock.objects.put(new ObjectKey("of/somebody/else.jpg"), new byte[1], "image/jpeg");
        assertThat(report(Scope.SETTLED).found()).isEqualTo(3);
        assertThat(report(new Scope(Optional.empty(), false, true)).found())
                .as("a moment ago: their rows may follow")
                .isZero();
    }

    /// Their rows can't be seen from here.
    @Test
    void doesNotJudgeObjectsInAStoreThatAnotherDatabaseMarkedToo() {
        stock.objects.put(new ObjectKey("batches/" + id + "/000009-001.jpg"), new byte[1], "image/jpeg");
        new StockMark(stock.objects, "another").put();

        StockReport report = report(Scope.SETTLED);

        assertThat(report.isClean()).isTrue();
        assertThat(report.notes()).singleElement().asString().contains("another");
    }

    /// A check that could not be made is no good news.
    @Test
    void saysWhenItCouldNotCheck() {
        Ledger real = new JdbiLedger(stock.plant.database);
        Ledger broken = new Ledger() {
            @Override
            public String stock() {
                return real.stock();
            }

            @Override
            public List<BatchId> batches(Optional<BatchId> after, int limit) {
                return real.batches(after, limit);
            }

            @Override
            public Optional<BatchEntry> batch(BatchId batch) {
                return real.batch(batch);
            }

            @Override
            public void named(Optional<BatchId> batch, Consumer<List<NamedObject>> page) {
                real.named(batch, page);
            }

            @Override
            public boolean names(NamedObject object) {
                throw new IllegalStateException("the database went away");
            }

            @Override
            public Set<ObjectKey> unnamed(Collection<ObjectKey> keys) {
                return real.unnamed(keys);
            }

            @Override
            public Rest rest() {
                return real.rest();
            }
        };
        stock.objects.delete(new ObjectKey("batches/" + id + "/000001-001.jpg"));

        assertThatThrownBy(() ->
                        Verifying.of(broken, stock.plant.batches, stock.objects).run(Scope.SETTLED))
                .hasRootCauseMessage("the database went away");
    }

    @Test
    void findsCountersThatAreNotTheCounts() {
        sql("update batch set bytes_out = bytes_out + 1 where key = $batch");
        finds(Check.COUNTS);
        sql("update batch set bytes_out = bytes_out - 1 where key = $batch");
        sql("update batch_failure set items = items + 1 where batch = $batch");
        finds(Check.COUNTS);
    }

    @Test
    void findsAnItemThatIsNotDoneInABatchThatIs() {
        sql("update item set state = 'pending', ended = null, code = null where batch = $batch and state = 'failed'");
        finds(Check.ITEM_STATE, Check.COUNTS);
    }

    @Test
    void findsAStateThatItsItemsDoNotMake() {
        sql("update batch set state = 'failed' where key = $batch");
        finds(Check.ITEM_STATE, Check.EVENTS);
    }

    @Test
    void findsRepeatsThatCountWrong() {
        sql("update item set copies = 3 where batch = $batch and copies = 2");
        finds(Check.COPIES, Check.COUNTS);
        sql("update item set copies = 2 where batch = $batch and copies = 3");
        sql("update item set first_ordinal = 77 where batch = $batch and first_ordinal is not null");
        assertThat(report(Scope.SETTLED).findings()).extracting(Finding::check).contains(Check.COPIES);
    }

    @Test
    void findsAnEndThatWasNotTold() {
        sql("delete from delivery where event in (select key from event where batch = $batch)");
        finds(Check.EVENTS);
        sql("delete from event where batch = $batch");
        finds(Check.EVENTS);
    }

    @Test
    void findsAnEndThatWasToldTwice() {
        sql("update batch set run = 2 where key = $batch");
        finds(Check.EVENTS);
    }

    @Test
    void findsADeliveryThatNobodyWillMake() {
        sql("update delivery set state = 'waiting', ended = null");
        finds(Check.QUEUE);
    }

    @Test
    void findsAnOutputThatIsNotAligned() {
        stock.objects.put(
                SubmitBatch.uploadKey(id),
                CSV.replace("Saucer,https://img.example/a.jpg", "Saucer,https://img.example/z.jpg")
                        .getBytes(StandardCharsets.UTF_8),
                "text/csv");
        finds(Check.OUTPUT_CSV);
        stock.objects.put(
                SubmitBatch.uploadKey(id),
                CSV.substring(0, CSV.indexOf("4,Bowl")).getBytes(StandardCharsets.UTF_8),
                "text/csv");
        finds(Check.OUTPUT_CSV);
    }

    @Test
    void findsWorkOfAWorkerThatIsGone() throws Exception {
        stock.plant.close();
        stock = new Stock(folder.resolve("other"));
        id = stock.submit(CSV, Stock.options(Map.of("onInvalidRows", "skip"))).id();
        assertThat(report(new Scope(Optional.empty(), false, true)).findings()).isEmpty();
        finds(Check.UNSETTLED);

        sql("insert into node (name, seen) values ('gone', now() - interval '10 minutes')");
        sql("""
                update item set state = 'processing', begun = now(), fence = 1, node = (select max(key) from node)
                 where batch = $batch and ordinal = 0
                """);
        sql("""
                update batch set pending = pending - 2, processing = 2, state = 'processing', started = now()
                 where key = $batch
                """);
        assertThat(report(new Scope(Optional.empty(), false, true)).findings())
                .extracting(Finding::check)
                .containsOnly(Check.LEASE);
        sql("update node set seen = now()");
        assertThat(report(new Scope(Optional.empty(), false, true)).findings()).isEmpty();
        sql("update slice_queue set consecutive_failures = 3");
        assertThat(report(new Scope(Optional.empty(), false, true)).findings())
                .extracting(Finding::what)
                .containsExactly("1 slices of it fail each time they are run; the log says why");
        sql("delete from slice_queue");
        assertThat(report(new Scope(Optional.empty(), false, true)).findings())
                .extracting(Finding::check)
                .containsOnly(Check.QUEUE);
    }

    @Test
    void findsWhatIsWrongWithImagesAndJobs() {
        byte[] picture = {1, 2, 3};
        Asset asset = new Asset(
                AssetId.random(stock.plant.random),
                ImageFormat.JPEG,
                new PixelSize(4, 3),
                picture.length,
                ContentHash.of(picture),
                InstantSource.system().instant());
        new JdbiAssetStore(stock.plant.database).add(Caller.LOCAL, asset);
        assertThat(report(Scope.SETTLED).findings()).extracting(Finding::check).containsOnly(Check.OBJECT_MISSING);
        stock.objects.put(asset.key(), picture, "image/jpeg");
        assertThat(report(Scope.SETTLED).findings()).isEmpty();

        JobId job = JobId.random(stock.plant.random);
        new JdbiJobStore(stock.plant.database, stock.plant.queue, stock.plant.queue, stock.plant.random)
                .submit(new NewJob(
                        Owner.LOCAL,
                        job,
                        asset.id(),
                        new Pipeline(List.of(new Operation.Blur(2)), PipelineReader.OUTPUT),
                        Optional.empty()));
        assertThat(report(new Scope(Optional.empty(), false, true)).findings()).isEmpty();
        sql("delete from job_queue");
        assertThat(report(Scope.SETTLED).findings())
                .extracting(Finding::check)
                .containsOnly(Check.UNSETTLED, Check.QUEUE);
        sql("update job set state = 'done', finished = now(), started = now()");
        assertThat(report(Scope.SETTLED).findings()).extracting(Finding::check).containsOnly(Check.JOB, Check.EVENTS);
    }

    @Test
    void findsADeletionThatStandsStill() {
        sql("update batch set deleted = now() - interval '2 hours' where key = $batch");
        assertThat(report(Scope.SETTLED).findings())
                .as("its objects are not taken for strays")
                .extracting(Finding::check)
                .containsOnly(Check.DELETION);
    }

    @Test
    void listsAThousandFindingsAndCountsTheRest() throws Exception {
        Batch large = stock.submit(Stock.csv(1_200, "large"), BatchOptions.DEFAULT);
        stock.plant.node(stock.processing());
        stock.plant.awaitEnd(large.id());
        for (int row = 1; row <= 1_200; row++) {
            stock.objects.delete(new ObjectKey("batches/%s/%06d-001.jpg".formatted(large.id(), row)));
        }
        StockReport report = report(Scope.SETTLED);
        assertThat(report.found()).isEqualTo(1_200);
        assertThat(report.findings()).hasSize(1_000);
    }
}
