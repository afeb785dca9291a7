package dev.halftone.adapters.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.halftone.adapters.queue.NodeSettings;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.Stock;
import dev.halftone.adapters.queue.Verifying;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.audit.VerifyStock;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.item.RetryBackoff;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches on a disk that is full, read-only or broken for a while. No image is done without a durable, whole
/// object; what could not be stored is tried again, and is done when the disk is well.
class BadDiskTest {
    private static final int ROWS = 60;
    private static final ObjectKey KEY = new ObjectKey("batches/B1/000001-001.jpg");

    @TempDir
    private Path folder;

    private final BadDisk disk = new BadDisk();
    private FileObjectStore store;
    private Stock stock;

    @BeforeEach
    void begin() throws Exception {
        store = new FileObjectStore(
                folder.resolve("objects"), URI.create("http://127.0.0.1"), InstantSource.system(), disk);
        stock = new Stock(store);
    }

    @AfterEach
    void end() throws IOException {
        stock.close();
        try (Stream<Path> left = Files.list(folder.resolve("objects/.tmp"))) {
            assertThat(left).as("temporary files").isEmpty();
        }
    }

    /// As [dev.halftone.domain.item.ProcessItem] does it: what the store refused is the item's failure.
    private SliceRunner.Processing storing() {
        SliceRunner.Processing whole = stock.processing();
        return new SliceRunner.Processing() {
            @Override
            public ItemOutcome process(Item item, Recipe recipe) throws InterruptedException {
                try {
                    return whole.process(item, recipe);
                } catch (HalftoneException e) {
                    return new ItemOutcome.Failed(e.failure());
                }
            }

            @Override
            public void discard(ItemOutcome outcome) {
                whole.discard(outcome);
            }
        };
    }

    /// Tries as often as it takes.
    private static NodeSettings patient() {
        NodeSettings quick = Plant.quick();
        return new NodeSettings(
                quick.name(),
                quick.slicesAtOnce(),
                4,
                quick.deliveriesAtOnce(),
                quick.poll(),
                quick.heartbeat(),
                quick.missedHeartbeats(),
                quick.drain(),
                new RetryBackoff(1_000, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(100)),
                quick.deliveries());
    }

    private long waiting(BatchId id, FailureCode code) {
        return stock.plant
                .batches
                .items(
                        Owner.LOCAL,
                        id,
                        new ItemFilter(
                                Optional.of(ItemState.PENDING), Optional.of(code), java.util.OptionalInt.empty(), 500))
                .size();
    }

    /// Runs a batch, breaks the disk before it, sees the failure, mends the disk, and checks all that is kept, in
    /// the middle and at the end.
    private void survives(FailureCode code, Consumer<BadDisk> breaks, Consumer<BadDisk> mends) throws Exception {
        Batch batch = stock.submit(Stock.csv(ROWS, "x"), Stock.options(java.util.Map.of("renditions", "thumb:w=5")));
        breaks.accept(disk);
        stock.plant.node(storing(), patient());
        Awaitility.await().atMost(Plant.LIMIT).until(() -> waiting(batch.id(), code) > 0);
        assertThat(Verifying.of(stock.plant.database, stock.plant.batches, stock.objects)
                        .run(new VerifyStock.Scope(Optional.empty(), false, true))
                        .findings())
                .as("in the middle")
                .isEmpty();

        mends.accept(disk);

        Batch ended = stock.plant.awaitEnd(batch.id());
        assertThat(ended.progress().completed()).isEqualTo(ROWS);
        assertThat(disk.faults.get()).isPositive();
        assertThat(stock.plant.batches.items(Owner.LOCAL, batch.id(), ItemFilter.first(ROWS)))
                .extracting(ItemView::attempts)
                .anyMatch(attempts -> attempts > 1);
        stock.verify();
    }

    @Test
    void aFullDiskHasImagesWaitUntilThereIsSpace() throws Exception {
        survives(FailureCode.STORAGE_FULL, full -> full.free.set(5_000), free -> free.free.set(Long.MAX_VALUE));
    }

    @Test
    void aReadOnlyDiskHasImagesWaitUntilItCanBeWritten() throws Exception {
        survives(FailureCode.STORAGE_UNAVAILABLE, bad -> bad.readOnly = true, good -> good.readOnly = false);
    }

    @Test
    void noImageIsDoneWhoseFileCouldNotBeSynced() throws Exception {
        survives(FailureCode.STORAGE_UNAVAILABLE, bad -> bad.failingFileSyncs = 1, good -> good.failingFileSyncs = 0);
    }

    @Test
    void noImageIsDoneWhoseFolderCouldNotBeSynced() throws Exception {
        survives(
                FailureCode.STORAGE_UNAVAILABLE,
                bad -> bad.failingFolderSyncs = 1,
                good -> good.failingFolderSyncs = 0);
    }

    @Test
    void aDiskThatFailsNowAndThenCostsAttemptsAndNothingElse() throws Exception {
        survives(
                FailureCode.STORAGE_UNAVAILABLE,
                bad -> {
                    bad.failingFileSyncs = 4;
                    bad.failingFolderSyncs = 5;
                },
                still -> {});
    }

    @Test
    void aBatchThatCannotBeStoredIsRefusedAndLeavesNothing() throws Exception {
        disk.free.set(100);

        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> stock.submit(Stock.csv(ROWS, "x"), BatchOptions.DEFAULT))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(FailureCode.STORAGE_FULL));

        disk.free.set(Long.MAX_VALUE);
        stock.verify();
        assertThat(stock.plant.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 1))
                .isEmpty();
    }

    /// Whatever goes wrong with a new object, the one that is there stays, whole.
    @Test
    void aPutThatFailsLeavesTheObjectThatIsThere() throws Exception {
        byte[] old = new byte[5_000];
        store.put(KEY, old, "image/jpeg");

        disk.free.set(4_000);
        assertFails(FailureCode.STORAGE_FULL);
        assertThat(read()).isEqualTo(old);
        disk.free.set(Long.MAX_VALUE);
        disk.readOnly = true;
        assertFails(FailureCode.STORAGE_UNAVAILABLE);
        assertThat(read()).isEqualTo(old);
        disk.readOnly = false;
        disk.failingFileSyncs = 1;
        assertFails(FailureCode.STORAGE_UNAVAILABLE);
        assertThat(read()).isEqualTo(old);
        disk.failingFileSyncs = 0;
        disk.failingFolderSyncs = 1;
        assertFails(FailureCode.STORAGE_UNAVAILABLE);
        assertThat(read()).as("the old or the new, whole").hasSizeGreaterThanOrEqualTo(old.length);
        disk.failingFolderSyncs = 0;
        store.put(KEY, new byte[6_000], "image/jpeg");
        assertThat(read()).hasSize(6_000);
    }

    /// What a kill leaves in the middle of a put is no object to anybody.
    @Test
    void aHalfWrittenFileIsSeenByNobodyAndGoes() throws Exception {
        Path half = Files.write(folder.resolve("objects/.tmp/0b1c33d6.part"), new byte[99]);

        stock.verify();
        try (var listed = store.list("")) {
            assertThat(listed).isEmpty();
        }
        assertThat(store.sweepUnfinished(Duration.ofHours(1)))
                .as("it may be under way")
                .isZero();
        assertThat(store.sweepUnfinished(Duration.ofSeconds(-1))).isEqualTo(1);
        assertThat(half).doesNotExist();
    }

    private void assertFails(FailureCode code) {
        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> store.put(KEY, new byte[6_000], "image/jpeg"))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(code));
    }

    private byte[] read() throws IOException {
        try (StoredObject object = store.open(KEY).orElseThrow()) {
            return object.content().readAllBytes();
        }
    }
}
