package dev.halftone.adapters.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.InMemoryBatchStore;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.job.JobId;
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
            id -> Optional.empty(),
            new Links(URI.create("https://images.example.test/")),
            key -> "https://images.example.test/files/" + key);

    @Test
    void carriesTheStatusWithAbsoluteLinks() throws Exception {
        BatchId id = BatchId.random(new Random(1));
        batches.submit(
                new NewBatch(
                        Caller.LOCAL,
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

        JsonNode body = new ObjectMapper()
                .readTree(bodies.body(new Event.BatchEnded(
                        batches.find(Owner.LOCAL, id).orElseThrow(), 3, "batch.failed", NOW.plusMillis(5))));

        assertThat(body.fieldNames()).toIterable().containsExactly("type", "timestamp", "data");
        assertThat(body.get("type").asText()).isEqualTo("batch.failed");
        assertThat(body.get("timestamp").asText()).isEqualTo("2026-11-21T09:00:00.005Z");
        assertThat(body.at("/data/sequence").asInt()).isEqualTo(3);
        assertThat(body.get("data").has("milestone")).isFalse();
        assertThat(body.at("/data/requestId").asText()).isEqualTo(id.toString());
        assertThat(body.at("/data/status").asText()).isEqualTo("failed");
        assertThat(body.at("/data/failures/timeout/count").asInt()).isEqualTo(1);
        assertThat(body.at("/data/links/outputCsv").asText())
                .isEqualTo("https://images.example.test/api/batches/" + id + "/output.csv");
    }

    /// Messages may arrive in any order: what each says is true of the moment it tells of.
    @Test
    void carriesTheBatchAsItStoodThen() throws Exception {
        BatchId id = BatchId.random(new Random(3));
        batches.submit(
                new NewBatch(
                        Caller.LOCAL,
                        id,
                        BatchOptions.DEFAULT,
                        SubmitBatch.uploadKey(id),
                        Optional.empty(),
                        ContentHash.of(new byte[0])),
                sink -> {
                    for (int i = 0; i < 2; i++) {
                        sink.row(new Row(i, i + 2, "1", "SKU", false, List.of(SourceUrl.ofFile(Path.of("/" + i)))));
                    }
                    return Optional.of(new ManifestSummary(2, 2, 2, 0));
                });
        batches.fail(id, 0, FailureCode.TIMEOUT, "too slow");
        Event half = new Event.BatchProgressed(batches.find(Owner.LOCAL, id).orElseThrow(), 2, 50, NOW);
        batches.fail(id, 1, FailureCode.TIMEOUT, "too slow");

        JsonNode body = new ObjectMapper().readTree(bodies.body(half));

        assertThat(body.get("type").asText()).isEqualTo("batch.progress");
        assertThat(body.at("/data/milestone").asInt()).isEqualTo(50);
        assertThat(body.at("/data/sequence").asInt()).isEqualTo(2);
        assertThat(body.at("/data/status").asText()).isEqualTo("processing");
        assertThat(body.at("/data/progressPercent").asInt()).isEqualTo(50);
    }

    @Test
    void saysThatAJobIsGone() {
        Event event = new Event.JobEnded(JobId.random(new Random(2)), "job.done", NOW);
        assertThatThrownBy(() -> bodies.body(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is gone");
    }
}
