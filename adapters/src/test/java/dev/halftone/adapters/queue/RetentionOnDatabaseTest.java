package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchGone;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.batch.PurgeOld;
import dev.halftone.domain.batch.ResultCursor;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What expires, when, and never under a reader: on a real database and a real folder.
class RetentionOnDatabaseTest {
    private static final Optional<Owner> EVERYBODY = Optional.empty();

    @TempDir
    private Path folder;

    private Stock stock;
    private JdbiBatchControl control;
    private PurgeBatch purge;
    private PurgeOld old;

    @BeforeEach
    void begin() throws Exception {
        stock = new Stock(folder);
        control = new JdbiBatchControl(stock.plant.database, stock.plant.queue, stock.plant.queue, stock.plant.random);
        purge = new PurgeBatch(stock.plant.batches, control, stock.objects);
        old = new PurgeOld(control, purge, InstantSource.system());
        stock.plant.node(stock.processing());
    }

    @AfterEach
    void end() {
        try {
            stock.verify();
        } finally {
            stock.close();
        }
    }

    private Batch ended(int rows, String... options) throws Exception {
        Map<String, String> texts = new java.util.HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            texts.put(options[i], options[i + 1]);
        }
        return stock.plant.awaitEnd(
                stock.submit(Stock.csv(rows, "x"), Stock.options(texts)).id());
    }

    private Batch find(BatchId id) {
        return stock.plant.batches.find(Owner.LOCAL, id).orElseThrow();
    }

    private void age(BatchId id, String by) {
        stock.plant.database.transaction(handle -> handle.execute(
                "update batch set finished = finished - ?::interval, expires_at = expires_at - ?::interval where id = ?",
                by,
                by,
                id.toString()));
    }

    private List<String> keys() {
        try (Stream<ListedObject> all = stock.objects.list("")) {
            return all.map(object -> object.key().value()).toList();
        }
    }

    private String export(BatchId id) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exporting().write(Owner.LOCAL, id, OutputStyle.PLAIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private ExportBatch exporting() {
        return new ExportBatch(stock.plant.batches, stock.objects, new CsvManifestWriter(), ObjectKey::value);
    }

    @Test
    void aBatchExpiresSoLongAfterItsEnd() throws Exception {
        Batch running = stock.submit(Stock.csv(1, "y"), Stock.options(Map.of("retention", "36h")));
        assertThat(running.expires()).isEmpty();

        Batch batch = stock.plant.awaitEnd(running.id());

        Instant end = batch.finished().orElseThrow();
        assertThat(batch.expires()).contains(end.plus(Duration.ofHours(36)));
        assertThat(ended(1, "retention", "0").expires()).isEmpty();
        assertThat(ended(1).expires())
                .as("the service's own default, here for good")
                .isEmpty();
    }

    @Test
    void whatIsSetGoingAgainExpiresAfterItsNextEnd() throws Exception {
        Batch batch = stock.plant.awaitEnd(stock.submit(Stock.csv(2, "bad"), Stock.options(Map.of("retention", "1h")))
                .id());
        age(batch.id(), "50 minutes");
        stock.plant.stopNodes();

        control.retry(Owner.LOCAL, batch.id(), Set.of());

        assertThat(find(batch.id()).expires()).isEmpty();
        assertThat(old.expired().batches()).isZero();
        stock.plant.node(stock.processing());
        Batch again = stock.plant.awaitEnd(batch.id());
        assertThat(again.expires()).contains(again.finished().orElseThrow().plus(Duration.ofHours(1)));
    }

    @Test
    void whatHasExpiredGoesWithItsObjectsAndACount() throws Exception {
        Batch stays = ended(3, "retention", "2h");
        Batch goes = ended(4, "retention", "1h", "renditions", "a:w=5;b:w=6");
        Batch forGood = ended(1, "retention", "0");
        List.of(stays, goes, forGood).forEach(batch -> age(batch.id(), "61 minutes"));

        assertThat(old.expired()).isEqualTo(new PurgeOld.Purged(1, 4 * 3 + 1, 0));

        assertThat(stock.plant.batches.find(Owner.LOCAL, goes.id())).isEmpty();
        assertThat(keys())
                .hasSize(4 + 2)
                .noneMatch(key -> key.contains(goes.id().toString()));
        assertThat(old.expired().batches()).isZero();
    }

    @Test
    void aBatchStaysUntilItsWebhookHasBeenTold() throws Exception {
        stock.plant.receiver = message -> new DeliveryResult.Unreachable("down");
        Batch batch = ended(1, "retention", "1h", "webhookUrl", "https://hooks.example/x");
        stock.plant.stopNodes();
        stock.plant.database.transaction(
                handle -> handle.execute("update delivery set state = 'waiting', ended = null"));
        stock.plant.database.transaction(handle -> {
            stock.plant
                    .outbox
                    .ofBatch(Owner.LOCAL, batch.id())
                    .forEach(delivery -> stock.plant.queue.schedule(delivery.id(), Duration.ofHours(1)));
            return true;
        });
        age(batch.id(), "2 hours");

        assertThat(old.expired().batches()).isZero();

        stock.plant.database.transaction(
                handle -> handle.execute("update delivery set state = 'given_up', ended = now()"));
        assertThat(old.expired().batches()).isEqualTo(1);
    }

    @Test
    void nothingExpiresUnderAReader() throws Exception {
        Batch batch = ended(40, "retention", "1h");
        String whole = export(batch.id());
        age(batch.id(), "2 hours");

        String read =
                readSlowly(batch.id(), () -> assertThat(old.expired().batches()).isZero());

        assertThat(read).isEqualTo(whole);
        assertThat(old.expired().batches()).isEqualTo(1);
        assertThatThrownBy(() -> export(batch.id())).isInstanceOf(BatchGone.class);
        assertThatThrownBy(() -> stock.plant.batches.results(Owner.LOCAL, batch.id()))
                .isInstanceOf(BatchGone.class);
    }

    /// What somebody wants gone is seen no more at once; its objects stay until the last reader has ended.
    @Test
    void aPurgeWaitsForWhoReads() throws Exception {
        Batch batch = ended(40);
        String whole = export(batch.id());

        String read = readSlowly(batch.id(), () -> {
            assertThat(purge.purge(Owner.LOCAL, batch.id())).hasValue(0);
            assertThat(stock.plant.batches.find(Owner.LOCAL, batch.id())).isEmpty();
            assertThatThrownBy(() -> export(batch.id())).isInstanceOf(BatchGone.class);
            assertThat(purge.resume()).isZero();
            assertThat(keys()).hasSize(41);
        });

        assertThat(read).isEqualTo(whole);
        assertThat(purge.resume()).isEqualTo(1);
        assertThat(keys()).isEmpty();
    }

    /// Reads the CSV byte by byte as it is written, and does something when it has begun.
    private String readSlowly(BatchId id, Runnable meanwhile) throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int one) {
                kept.write(one);
                begun.complete(null);
                goOn.join();
            }
        };
        CompletableFuture<Void> export = CompletableFuture.runAsync(
                () -> {
                    try {
                        exporting().write(Owner.LOCAL, id, OutputStyle.PLAIN, slow);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
        CompletableFuture.anyOf(begun, export).join();
        try {
            meanwhile.run();
        } finally {
            goOn.complete(null);
        }
        export.join();
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsItemsToTheirEndThoughTheBatchIsPurged() throws Exception {
        Batch batch = ended(1_200);
        List<ItemView> read = new ArrayList<>();
        try (ResultCursor results = stock.plant.batches.results(Owner.LOCAL, batch.id())) {
            read.add(results.next().orElseThrow());
            purge.purge(Owner.LOCAL, batch.id());
            for (Optional<ItemView> item = results.next(); item.isPresent(); item = results.next()) {
                read.add(item.get());
            }
        }
        assertThat(read).extracting(ItemView::ordinal).hasSize(1_200).isSorted().doesNotHaveDuplicates();
        assertThat(purge.resume()).isEqualTo(1);
    }

    @Test
    void aDownloadThatHasBegunEndsWhole() throws Exception {
        Batch batch = ended(1);
        ObjectKey key = new ObjectKey("batches/" + batch.id() + "/000001-001.jpg");
        byte[] whole;
        try (StoredObject object = stock.objects.open(key).orElseThrow()) {
            whole = object.content().readAllBytes();
        }
        try (StoredObject object = stock.objects.open(key).orElseThrow()) {
            int first = object.content().read();
            purge.purge(Owner.LOCAL, batch.id());
            assertThat(stock.objects.open(key)).isEmpty();
            byte[] rest = object.content().readAllBytes();
            assertThat(first).isEqualTo(whole[0]);
            assertThat(rest).hasSize(whole.length - 1);
        }
    }

    @Test
    void purgesWhatEndedLongAgoWithACount() throws Exception {
        Batch first = ended(3);
        Batch second = ended(2, "retention", "0");
        Batch young = ended(1);
        List.of(first, second).forEach(batch -> age(batch.id(), "31 days"));

        Optional<Owner> other = Optional.of(new Owner("other"));
        assertThat(old.wouldGo(other, Duration.ofDays(30)).batches()).isZero();
        assertThat(old.finishedBefore(other, Duration.ofDays(30), Duration.ofMinutes(1))
                        .batches())
                .isZero();
        assertThat(old.wouldGo(EVERYBODY, Duration.ofDays(30))).isEqualTo(new PurgeOld.Purged(2, 7, 0));
        assertThat(old.finishedBefore(EVERYBODY, Duration.ofDays(30), Duration.ofMinutes(1)))
                .isEqualTo(new PurgeOld.Purged(2, 7, 0));

        assertThat(keys()).hasSize(2).allMatch(key -> key.contains(young.id().toString()));
        assertThat(old.finishedBefore(EVERYBODY, Duration.ofDays(30), Duration.ofMinutes(1)))
                .isEqualTo(new PurgeOld.Purged(0, 0, 0));
    }

    /// Who has no time sees them gone all the same; the housekeeping deletes the objects.
    @Test
    void purgesInTheBackgroundWhatTakesTooLong() throws Exception {
        Batch batch = ended(3);
        age(batch.id(), "2 days");

        assertThat(old.finishedBefore(EVERYBODY, Duration.ofDays(1), Duration.ZERO))
                .isEqualTo(new PurgeOld.Purged(1, 4, 1));

        assertThat(stock.plant.batches.find(Owner.LOCAL, batch.id())).isEmpty();
        assertThat(keys()).hasSize(4);
        assertThat(purge.resume()).isEqualTo(1);
        assertThat(keys()).isEmpty();
    }

    @Test
    void neverPurgesWhatRuns() throws Exception {
        stock.plant.stopNodes();
        Batch batch = stock.submit(Stock.csv(1, "z"), Stock.options(Map.of("retention", "1s")));
        stock.plant.database.transaction(
                handle -> handle.execute("update batch set created = now() - interval '1 year'"));

        assertThat(old.expired().batches()).isZero();
        assertThat(old.finishedBefore(EVERYBODY, Duration.ofSeconds(1), Duration.ofMinutes(1))
                        .batches())
                .isZero();

        stock.plant.node(stock.processing());
        stock.plant.awaitEnd(batch.id());
        Awaitility.await().atMost(Plant.LIMIT).until(() -> old.expired().batches() == 1);
    }
}
