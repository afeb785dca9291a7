package dev.halftone.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.batch.OutputNames;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Names of outputs by template, from the submission to the stored key.
class OutputNumbersTest {
    private static Plant plant;
    private int urls;

    @BeforeAll
    static void open() throws Exception {
        plant = new Plant();
    }

    @AfterAll
    static void close() throws Exception {
        plant.close();
    }

    private BatchId submit(String template, List<String> products, int images) throws Exception {
        BatchOptions options =
                ((OptionsReader.Result.Good) OptionsReader.read(Map.of("outputNames", template))).options();
        NewBatch batch = plant.newBatch(options, Optional.empty(), template);
        plant.batches.submit(batch, sink -> {
            for (int row = 0; row < products.size(); row++) {
                List<SourceUrl> cell = Stream.generate(() -> new SourceUrl(URI.create("https://img.example/" + urls++)))
                        .limit(images)
                        .toList();
                sink.row(new Row(row, row + 2, "S" + row, products.get(row), false, cell));
            }
            return Optional.of(
                    new ManifestSummary(products.size(), products.size(), (long) products.size() * images, 0));
        });
        return batch.id();
    }

    /// Runs the batch and gives the keys in the order of the CSV, without what all begin with.
    private List<String> keys(BatchId id) {
        try (WorkerNode node = plant.node((item, compression) -> Plant.delivered(item))) {
            Batch ended = plant.awaitEnd(id);
            assertThat(ended.progress().completed()).isEqualTo(ended.progress().total());
        }
        return plant.batches.items(Owner.LOCAL, id, ItemFilter.first(100)).stream()
                .map(item -> item.result().orElseThrow().key())
                .map(key -> key.value().replace("batches/" + id + "/", ""))
                .toList();
    }

    @Test
    void numbersGoOnOverRowsOfOneName() throws Exception {
        assertThat(keys(submit("{sku}/{sku}-{n}.{ext}", List.of("Cup", "Pot", "cup"), 2)))
                .containsExactly(
                        "cup/cup-1.jpg",
                        "cup/cup-2.jpg",
                        "pot/pot-1.jpg",
                        "pot/pot-2.jpg",
                        "cup/cup-3.jpg",
                        "cup/cup-4.jpg");
    }

    @Test
    void namesThatMeetAreNumbered() throws Exception {
        assertThat(keys(submit("{sku}", List.of("Cup", "Cup", "Pot", "Cup 2"), 1)))
                .containsExactly("cup.jpg", "cup-2.jpg", "pot.jpg", "cup-2-2.jpg");
        assertThat(keys(submit(
                        "{sku}{n}",
                        List.of("cup1", "cup", "cup", "cup", "cup", "cup", "cup", "cup", "cup", "cup", "cup", "cup"),
                        1)))
                .doesNotHaveDuplicates()
                .startsWith("cup11.jpg", "cup1.jpg")
                .endsWith("cup10.jpg", "cup11-2.jpg");
    }

    @Test
    void theSameCsvGivesTheSameNames() throws Exception {
        List<String> products = List.of("A", "B", "a", "b-2", "B", "É");
        assertThat(keys(submit("{sku}-{n}", products, 3))).isEqualTo(keys(submit("{sku}-{n}", products, 3)));
    }

    @Test
    void withoutATemplateRowAndPositionName() throws Exception {
        BatchId id = plant.submit(2);
        assertThat(keys(id)).containsExactly("000001-001.jpg", "000002-001.jpg");
    }

    @Test
    void templatesAreReadBack() {
        assertThat(OutputNames.parse("{sku}-{n}").wire()).isEqualTo("{sku}-{n}.{ext}");
    }
}
