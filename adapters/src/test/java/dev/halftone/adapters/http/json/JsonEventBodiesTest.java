package dev.halftone.adapters.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.InMemoryBatchStore;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonEventBodiesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final InMemoryBatchStore batches = new InMemoryBatchStore(() -> NOW);
    private final JsonEventBodies bodies = new JsonEventBodies(
            batches,
            id -> Optional.empty(),
            new Links(URI.create("https://images.example.test/")),
            key -> "https://images.example.test/files/" + key);

    @Test
    void carriesTheStatusWithAbsoluteLinks() throws Exception {
        BatchId id = BatchId.random(new Random(1));
        batches.submit(
                new NewBatch(
                        id,
                        BatchOptions.DEFAULT,
                        SubmitBatch.uploadKey(id),
                        Optional.empty(),
                        ContentHash.of(new byte[0])),
                sink -> {
                    sink.row(new Row(0, 2, "1", "SKU1", false, List.of(SourceUrl.ofFile(Path.of("/a.jpg")))));
                    return Optional.of(new ManifestSummary(1, 1, 1, 0));
                });
        batches.fail(id, 0, FailureCode.TIMEOUT, "too slow");

        JsonNode body =
                new ObjectMapper().readTree(bodies.body(new Event.BatchEnded(id, "batch.failed", NOW.plusMillis(5))));

        assertThat(body.fieldNames()).toIterable().containsExactly("type", "timestamp", "data");
        assertThat(body.get("type").asText()).isEqualTo("batch.failed");
        assertThat(body.get("timestamp").asText()).isEqualTo("2026-11-21T09:00:00.005Z");
        assertThat(body.at("/data/requestId").asText()).isEqualTo(id.toString());
        assertThat(body.at("/data/status").asText()).isEqualTo("failed");
        assertThat(body.at("/data/failures/timeout/count").asInt()).isEqualTo(1);
        assertThat(body.at("/data/links/outputCsv").asText())
                .isEqualTo("https://images.example.test/api/batches/" + id + "/output.csv");
    }

    @Test
    void saysThatABatchIsGone() {
        Event event = new Event.BatchEnded(BatchId.random(new Random(2)), "batch.completed", NOW);
        assertThatThrownBy(() -> bodies.body(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is gone");
    }
}
