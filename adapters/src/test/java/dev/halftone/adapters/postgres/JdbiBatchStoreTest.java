package dev.halftone.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.queue.Plant;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.BatchStore.Submitted;
import dev.halftone.domain.batch.InvalidRows;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.OutputNames;
import dev.halftone.domain.batch.ResultCursor;
import dev.halftone.domain.batch.Retention;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.rendition.RenditionsReader;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is stored, what is refused and what is read back. Nobody works on these batches.
class JdbiBatchStoreTest {
    private static final SourceUrl URL = new SourceUrl(URI.create("https://img.example/a%20b.jpg?w=1,2&x=%5C"));

    private static Plant plant;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    @Test
    void givesBackWhatWasStored() throws Exception {
        BatchOptions options = new BatchOptions(
                new Compression(
                        new CompressionTarget.ToSsim(0.971),
                        TargetFormat.WEBP,
                        OptionalInt.of(800),
                        OptionalInt.empty(),
                        MetadataPolicy.COPYRIGHT,
                        7,
                        new Encoding(Profile.SMALLEST, Effort.BEST, true)),
                InvalidRows.SKIP,
                Optional.of(new SourceUrl(URI.create("https://hooks.example/x?a=b"))),
                Optional.of("Frühling \"26\""),
                Optional.of(OutputNames.parse("{sku}/{n}")),
                false,
                true,
                true,
                RenditionsReader.read("thumb:w=300&fm=webp;b:h=20&q=75", new CompressionTarget.ToSsim(0.971)),
                7,
                Retention.parse("12h"));
        NewBatch batch = plant.newBatch(options, Optional.empty(), "x");

        Submitted submitted = plant.batches.submit(batch, sink -> {
            sink.assumption(new Assumption(1, "delimiter", "read as \";\""));
            sink.row(new Row(
                    0, 2, "1", "tab\t back\\slash\nline \u0000 写真 '; drop table item; --", false, List.of(URL, URL)));
            sink.row(new Row(2, 9, "3", "", true, List.of(new SourceUrl(URI.create("https://img.example/c")))));
            return Optional.of(new ManifestSummary(3, 1, 3, 1));
        });

        Batch stored = ((Submitted.Stored) submitted).batch();
        assertThat(plant.batches.find(Owner.LOCAL, batch.id())).contains(stored);
        assertThat(stored.state()).isEqualTo(BatchState.PENDING);
        assertThat(stored.options()).isEqualTo(options);
        assertThat(stored.products()).isEqualTo(1);
        assertThat(stored.skippedRows()).isEqualTo(1);
        assertThat(stored.assumptions()).containsExactly(new Assumption(1, "delimiter", "read as \";\""));
        assertThat(stored.progress().total()).isEqualTo(3);
        assertThat(stored.progress().pending()).isEqualTo(3);
        List<ItemView> items = plant.batches.items(Owner.LOCAL, batch.id(), ItemFilter.first(10));
        assertThat(items)
                .extracting(ItemView::url)
                .containsExactly(URL.toString(), URL.toString(), "https://img.example/c");
        assertThat(items).extracting(ItemView::position).containsExactly(1, 2, 1);
        assertThat(items).extracting(ItemView::line).containsExactly(2L, 2L, 9L);
        assertThat(items).extracting(ItemView::rowIndex).containsExactly(0, 0, 2);
        assertThat(items.getFirst().product()).isEqualTo("tab\t back\\slash\nline \ufffd 写真 '; drop table item; --");
        assertThat(items.getFirst().attempts()).isZero();
    }

    @Test
    void keepsNothingOfASubmissionThatIsRolledBack() throws Exception {
        NewBatch batch = plant.newBatch(Plant.told("https://hooks.example/never"), Optional.of("rolled"), "x");

        Submitted submitted = plant.batches.submit(batch, sink -> {
            sink.row(new Row(0, 2, "1", "p", false, List.of(URL)));
            return Optional.empty();
        });

        assertThat(submitted).isInstanceOf(Submitted.RolledBack.class);
        assertThat(plant.batches.find(Owner.LOCAL, batch.id())).isEmpty();
        assertThat(count("select count(*) from slice_queue where task_instance like '" + batch.id() + "%'"))
                .isZero();
        assertThat(count("select count(*) from webhook_endpoint where url like '%never'"))
                .isZero();
        assertThat(plant.submit(
                        plant.newBatch(BatchOptions.DEFAULT, Optional.of("rolled"), "y"),
                        1,
                        i -> List.of(URL.toString())))
                .isInstanceOf(Submitted.Stored.class);
    }

    @Test
    void keepsNothingOfAFileThatIsRefusedHalfWay() {
        NewBatch batch = plant.newBatch(BatchOptions.DEFAULT, Optional.empty(), "x");

        assertThatThrownBy(() -> plant.batches.submit(batch, sink -> {
                    for (int i = 0; i < 20_000; i++) {
                        sink.row(new Row(i, i + 2L, "1", "p", false, List.of(URL)));
                    }
                    throw new ManifestRefused(ManifestRefused.Reason.UNCLOSED_QUOTE, 20_002, "a quote is not closed");
                }))
                .isInstanceOf(ManifestRefused.class);
        assertThat(plant.batches.find(Owner.LOCAL, batch.id())).isEmpty();
    }

    @Test
    void storesNoBatchWithoutItems() throws Exception {
        assertThat(plant.submit(plant.newBatch(BatchOptions.DEFAULT, Optional.empty(), "x"), 0, i -> List.of()))
                .isInstanceOf(Submitted.RolledBack.class);
    }

    @Test
    void answersATakenKeyWithItsBatch() throws Exception {
        NewBatch first = plant.newBatch(BatchOptions.DEFAULT, Optional.of("key-1"), "one");
        plant.submit(first, 1, i -> List.of(URL.toString()));

        Submitted second = plant.submit(
                plant.newBatch(BatchOptions.DEFAULT, Optional.of("key-1"), "other"), 1, i -> List.of(URL.toString()));

        assertThat(second).isInstanceOfSatisfying(Submitted.KeyTaken.class, taken -> {
            assertThat(taken.existing().id()).isEqualTo(first.id());
            assertThat(taken.fingerprint()).isEqualTo(first.fingerprint());
        });
    }

    @Test
    void storesOneOfTwentyAtOnceWithTheSameKey() throws Exception {
        List<Callable<Submitted>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            NewBatch batch = plant.newBatch(BatchOptions.DEFAULT, Optional.of("race"), "same");
            calls.add(() -> plant.submit(batch, 50, row -> List.of("https://img.example/" + row)));
        }
        List<Submitted> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Submitted> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(Submitted.Stored.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Submitted.KeyTaken.class::isInstance).hasSize(19);
        assertThat(answers)
                .extracting(answer -> switch (answer) {
                    case Submitted.Stored stored -> stored.batch().id();
                    case Submitted.KeyTaken taken -> taken.existing().id();
                    case Submitted.RolledBack rolledBack -> "none";
                })
                .containsOnly(answers.stream()
                        .filter(Submitted.Stored.class::isInstance)
                        .map(answer ->
                                (Object) ((Submitted.Stored) answer).batch().id())
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void givesTheSecretOfAnEndpointOnce() throws Exception {
        NewBatch first = plant.newBatch(Plant.told("https://hooks.example/mine"), Optional.empty(), "x");
        NewBatch second = plant.newBatch(Plant.told("https://hooks.example/mine"), Optional.empty(), "x");

        Submitted.Stored made = (Submitted.Stored) plant.submit(first, 1, i -> List.of(URL.toString()));
        Submitted.Stored known = (Submitted.Stored) plant.submit(second, 1, i -> List.of(URL.toString()));

        assertThat(made.webhookSecret())
                .hasValueSatisfying(secret -> assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}="));
        assertThat(known.webhookSecret()).isEmpty();
    }

    @Test
    void listsNewestFirstPageByPage() throws Exception {
        List<BatchId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(plant.submit(1));
        }

        List<Batch> page = plant.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 2);
        List<Batch> next = plant.batches.list(
                Owner.LOCAL,
                Optional.of(BatchState.PENDING),
                Optional.of(page.getLast().id()),
                3);

        assertThat(page).extracting(Batch::id).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(next).extracting(Batch::id).containsExactlyElementsOf(ids.subList(2, 5));
        assertThat(plant.batches.list(Owner.LOCAL, Optional.of(BatchState.FAILED), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void pagesItemsInTheOrderOfTheFile() throws Exception {
        BatchId id = plant.submit(250);

        List<ItemView> second = plant.batches.items(
                Owner.LOCAL,
                id,
                new ItemFilter(Optional.of(ItemState.PENDING), Optional.empty(), OptionalInt.of(99), 100));

        assertThat(second)
                .extracting(ItemView::ordinal)
                .startsWith(100, 101)
                .endsWith(199)
                .hasSize(100);
        assertThat(plant.batches.items(Owner.LOCAL, BatchId.random(plant.random), ItemFilter.first(10)))
                .isEmpty();
    }

    @Test
    void walksResultsRowByRow() throws Exception {
        BatchId id = plant.submit(
                BatchOptions.DEFAULT,
                3_000,
                i -> i == 7
                        ? List.of("https://x.example/1", "https://x.example/2")
                        : List.of("https://x.example/r" + i % 100));

        try (ResultCursor results = plant.batches.results(Owner.LOCAL, id)) {
            assertThat(results.row(0)).hasSize(1);
            assertThat(results.row(7)).extracting(ItemView::position).containsExactly(1, 2);
            assertThat(results.row(2_999)).extracting(ItemView::url).containsExactly("https://x.example/r99");
            assertThat(results.row(3_500)).isEmpty();
            assertThatThrownBy(() -> results.row(3)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void queuesAWindowRatherThanTheWholeBatch() throws Exception {
        BatchId id = plant.submit(5_000);

        assertThat(count("select count(*) from slice_queue where task_instance like '" + id + ":%'"))
                .isEqualTo(8);
    }

    private static long count(String sql) {
        return plant.database.read(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
