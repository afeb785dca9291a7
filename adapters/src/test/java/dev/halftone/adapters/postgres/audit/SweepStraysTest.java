package dev.halftone.adapters.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiVariantStore;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.Stock;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.stock.StockMark;
import dev.halftone.domain.stock.SweepStrays;
import dev.halftone.domain.stock.SweepStrays.Swept;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.variant.Variant;
import dev.halftone.domain.variant.VariantStore.Put;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sweeps on a real database and a real folder: what goes, what stays, and what can't be named any more.
class SweepStraysTest {
    private static final ContentHash PIPELINE = ContentHash.of(new byte[] {7});

    @TempDir
    private Path folder;

    private Stock stock;
    private JdbiStrays strays;
    private JdbiVariantStore variants;
    private JdbiBatchControl control;

    @BeforeEach
    void begin() throws Exception {
        stock = new Stock(folder);
        strays = new JdbiStrays(stock.plant.database);
        variants = new JdbiVariantStore(stock.plant.database);
        control = new JdbiBatchControl(stock.plant.database, stock.plant.queue, stock.plant.queue, stock.plant.random);
    }

    @AfterEach
    void end() {
        stock.close();
    }

    private Swept sweep(Duration age) {
        return new SweepStrays(strays, stock.objects).sweep(age);
    }

    private Set<String> keys() {
        try (Stream<ListedObject> all = stock.objects.list("")) {
            return all.map(object -> object.key().value())
                    .filter(key -> !key.startsWith("stocks/"))
                    .collect(java.util.stream.Collectors.toSet());
        }
    }

    private void put(String key) {
        stock.objects.put(new ObjectKey(key), new byte[] {1, 2}, "image/jpeg");
    }

    private void put(ObjectKey key) {
        put(key.value());
    }

    private Batch settled(String csv) throws Exception {
        Batch batch = stock.submit(csv, BatchOptions.DEFAULT);
        return stock.plant.awaitEnd(batch.id());
    }

    private Asset image() {
        byte[] bytes = {1, 2, 3};
        Asset asset = new Asset(
                AssetId.random(stock.plant.random),
                ImageFormat.JPEG,
                new PixelSize(4, 3),
                bytes.length,
                ContentHash.of(bytes),
                InstantSource.system().instant());
        stock.objects.put(asset.key(), bytes, "image/jpeg");
        new JdbiAssetStore(stock.plant.database).add(Caller.LOCAL, asset);
        return asset;
    }

    private static Variant variant(Asset asset, int round) {
        byte[] bytes = {4, 5};
        return new Variant(
                asset.id(),
                PIPELINE,
                Variant.keyOf(asset.id(), PIPELINE, round, ImageFormat.PNG),
                ImageFormat.PNG,
                new PixelSize(4, 3),
                bytes.length,
                List.of(),
                Optional.of(ContentHash.of(bytes)));
    }

    @Test
    void deletesWhatNoRowNamesAndNothingElse() throws Exception {
        stock.plant.node(stock.processing());
        BatchId id = settled(Stock.csv(5, "a")).id();
        Asset image = image();
        stock.objects.put(variant(image, 0).key(), new byte[] {4, 5}, "image/png");
        variants.put(variant(image, 0), 0);
        put("somebody/else.jpg");
        put("batches/notes.txt");
        put("assets/readme.txt");
        Set<String> live = keys();
        BatchId nobody = BatchId.random(stock.plant.random);
        put("batches/" + id + "/000009-001.jpg");
        put("batches/" + id + ".thumb/000001-001.jpg");
        put("batches/" + nobody + "/000001-001.jpg");
        put("batches/" + nobody + ".thumb/some/name.webp");
        put(SubmitBatch.uploadKey(nobody));
        put(Asset.keyOf(AssetId.random(stock.plant.random), ImageFormat.GIF));
        put("assets/" + image.id() + "/" + "0".repeat(64) + ".png");
        put("batches/halftone-check/0b1c33d6-65f8-4e0c-9b7d-3d9d2f8a1c11.txt");

        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(live.size() - 1 + 8, 8));

        assertThat(keys()).isEqualTo(live);
        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(live.size() - 1, 0));
        stock.verify();
    }

    @Test
    void leavesWhatIsYoung() throws Exception {
        String old = "batches/" + BatchId.random(stock.plant.random) + "/000001-001.jpg";
        String young = "batches/" + BatchId.random(stock.plant.random) + "/000001-001.jpg";
        put(old);
        put(young);
        Files.setLastModifiedTime(
                folder.resolve(old),
                FileTime.from(InstantSource.system().instant().minus(Duration.ofHours(25))));

        assertThat(sweep(Duration.ofHours(24))).isEqualTo(new Swept.Done(2, 1));

        assertThat(keys()).containsExactly(young);
    }

    @Test
    void leavesABatchThatHasNotEnded() throws Exception {
        BatchId id = stock.submit(Stock.csv(2, "a"), BatchOptions.DEFAULT).id();
        put("batches/" + id + "/000001-001.jpg");

        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(2, 0));

        stock.plant.node(stock.processing());
        stock.plant.awaitEnd(id);
        stock.verify();
    }

    @Test
    void doesNotTouchAStoreThatAnotherDatabaseMarked() throws Exception {
        put("batches/" + BatchId.random(stock.plant.random) + "/000001-001.jpg");
        try (Stock other = new Stock(folder)) {
            JdbiStrays others = new JdbiStrays(other.plant.database);
            new StockMark(stock.objects, others.stock()).put();

            assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Shared(List.of(others.stock())));
            assertThat(new SweepStrays(others, stock.objects).sweep(Duration.ZERO))
                    .isEqualTo(new Swept.Shared(List.of(strays.stock())));
        }
        assertThat(keys()).hasSize(1);
    }

    /// A worker put the object and failed; the sweep decides, freezes, and its deletion reaches the store after the
    /// retry has put the same image and written its row.
    @Test
    void aDeletionThatComesLateTakesNothingOfARetry() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        stock.plant.node((item, recipe) -> {
            var made = stock.delivered(item, recipe);
            return mended.get() || item.ordinal() != 1 ? made : Plant.failed(FailureCode.NOT_AN_IMAGE);
        });
        BatchId id = settled(Stock.csv(3, "a")).id();
        ObjectKey left = new ObjectKey("batches/" + id + "/000002-001.jpg");
        assertThat(keys()).contains(left.value());

        Set<ObjectKey> condemned = strays.condemn(List.of(left));
        mended.set(true);
        control.retry(Owner.LOCAL, id, Set.of());
        assertThat(stock.plant.awaitEnd(id).progress().completed()).isEqualTo(3);
        assertThat(condemned).containsExactly(left);
        condemned.forEach(stock.objects::delete);

        stock.verify();
        assertThat(stock.plant
                        .batches
                        .items(Owner.LOCAL, id, ItemFilter.first(3))
                        .get(1)
                        .result()
                        .orElseThrow()
                        .key()
                        .value())
                .matches("batches/" + id + "/000002-001\\.[0-9a-z]{10}\\.jpg");
    }

    /// Names of the user's own template are made longer, or give way where they are too long for that.
    @Test
    void aRetryOfANamedOutputKeepsItsName() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        stock.plant.node((item, recipe) -> {
            var made = stock.delivered(item, recipe);
            return mended.get() ? made : Plant.failed(FailureCode.NOT_AN_IMAGE);
        });
        String csv = "S. No.,Product Name,Input Image Urls\n1,Cup,https://i.example/1.jpg\n2," + "l".repeat(59)
                + ",https://i.example/2.jpg\n";
        BatchId id = stock.submit(csv, Stock.options(java.util.Map.of("outputNames", "{sku}-{sku}-{n}.{ext}")))
                .id();
        stock.plant.awaitEnd(id);

        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(3, 2));
        mended.set(true);
        control.retry(Owner.LOCAL, id, Set.of());

        stock.plant.awaitEnd(id);
        assertThat(stock.plant.batches.items(Owner.LOCAL, id, ItemFilter.first(2)))
                .extracting(item -> item.result().orElseThrow().key().value().substring(35))
                .satisfiesExactly(
                        first -> assertThat(first).matches("cup-cup-1\\.[0-9a-z]{10}\\.jpg"),
                        second -> assertThat(second).matches("000002-001\\.[0-9a-z]{10}\\.jpg"));
        stock.verify();
    }

    /// A service was suspended for a day between the upload and its batch, and wakes up.
    @Test
    void refusesABatchWhoseUploadWasSwept() throws Exception {
        NewBatch batch = stock.plant.newBatch(BatchOptions.DEFAULT, Optional.empty(), "x");
        put(batch.upload());
        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(1, 1));

        assertThatThrownBy(() -> stock.plant.submit(batch, 1, i -> List.of("https://i.example/1.jpg")))
                .hasMessageContaining("swept away");
        assertThat(stock.plant.batches.find(Owner.LOCAL, batch.id())).isEmpty();
    }

    /// The other way round: while a batch is being written, its upload is let alone.
    @Test
    void leavesTheUploadOfABatchThatIsBeingWritten() throws Exception {
        NewBatch batch = stock.plant.newBatch(BatchOptions.DEFAULT, Optional.empty(), "x");
        put(batch.upload());
        stock.plant.submit(batch, 1, i -> {
            // On a thread, and so a connection, of its own.
            assertThat(CompletableFuture.supplyAsync(() -> sweep(Duration.ZERO), Thread::startVirtualThread)
                            .join())
                    .isEqualTo(new Swept.Done(1, 0));
            return List.of("https://i.example/1.jpg");
        });
        assertThat(keys()).containsExactly(batch.upload().value());
    }

    @Test
    void refusesAnImageThatWasSwept() {
        byte[] bytes = {1};
        Asset asset = new Asset(
                AssetId.random(stock.plant.random),
                ImageFormat.JPEG,
                new PixelSize(1, 1),
                1,
                ContentHash.of(bytes),
                InstantSource.system().instant());
        stock.objects.put(asset.key(), bytes, "image/jpeg");
        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(1, 1));

        JdbiAssetStore assets = new JdbiAssetStore(stock.plant.database);
        assertThatThrownBy(() -> assets.add(Caller.LOCAL, asset)).hasMessageContaining("swept away");
        assertThat(assets.find(Owner.LOCAL, asset.id())).isEmpty();
    }

    /// A variant was put, and swept before its row was written: the row is refused, the next round is not.
    @Test
    void aVariantThatWasSweptGetsNoRow() {
        Asset image = image();
        put(variant(image, 0).key());
        assertThat(sweep(Duration.ZERO)).isEqualTo(new Swept.Done(2, 1));

        assertThat(variants.put(variant(image, 0), 0)).isEqualTo(Put.LATE);
        assertThat(variants.find(image.id(), PIPELINE)).isEmpty();
        assertThat(variants.round(image.id())).hasValue(1);
        Variant next = variant(image, 1);
        assertThat(next.key()).isNotEqualTo(variant(image, 0).key());
        stock.objects.put(next.key(), new byte[] {4, 5}, "image/png");
        assertThat(variants.put(next, 1)).isEqualTo(Put.STORED);
        assertThat(variants.find(image.id(), PIPELINE)).contains(next);
        stock.verify();
    }

    @Test
    void goesOnWithTheDeletionOfAnImageThatWasInterrupted() {
        Asset image = image();
        put(variant(image, 0).key());
        variants.put(variant(image, 0), 0);
        JdbiAssetStore assets = new JdbiAssetStore(stock.plant.database);
        assets.beginDeletion(Owner.LOCAL, image.id());
        DeleteImage delete = new DeleteImage(assets, variants, stock.objects, PurgeVariants.NONE);
        assertThat(delete.resume()).as("it may be under way").isZero();
        stock.plant.database.transaction(
                handle -> handle.execute("update asset set deleting = now() - interval '2 minutes'"));

        assertThat(delete.resume()).isEqualTo(1);

        assertThat(keys()).isEmpty();
        assertThat(delete.resume()).isZero();
        assertThat(variants.put(variant(image, 0), 0)).isEqualTo(Put.GONE);
    }
}
