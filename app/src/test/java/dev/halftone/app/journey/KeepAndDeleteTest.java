package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes by itself and what an operator has go, in a service of its own process, with the commands beside it.
class KeepAndDeleteTest {
    @TempDir
    Path folder;

    @Test
    void batchesExpireAndOldOnesArePurged() throws Exception {
        Map<String, String> settings =
                Map.of("HALFTONE_PORT", "0", "HALFTONE_OUTBOUND_ALLOW", "127.0.0.1", "HALFTONE_RETENTION", "90d");
        try (ImageHost host = new ImageHost();
                Program service = Program.start(folder, settings, "serve");
                Api api = new Api(service.awaitAddress())) {
            host.put("/a.jpg", Pictures.jpeg(80, 60, 1));
            String csv = "S. No.,Product Name,Input Image Urls\n1,Cup," + host.url("/a.jpg") + "\n";

            JsonNode kept = ended(api, csv, "");
            assertThat(Instant.parse(kept.get("expiresAt").asText()))
                    .isEqualTo(Instant.parse(kept.get("finishedAt").asText()).plus(Duration.ofDays(90)));
            assertThat(kept.at("/options/retention").asText()).isEqualTo("90d");
            assertThat(ended(api, csv, "?retention=0").get("expiresAt").isNull())
                    .isTrue();
            assertThat(api.submit(csv, "?retention=4000d").body())
                    .contains("retention")
                    .contains("at most 3650d");

            JsonNode brief = ended(api, csv, "?retention=1s");
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            api.get("/api/batches/" + brief.get("requestId").asText())
                                            .statusCode()
                                    == 404);
            // Nobody sees a batch any more before its objects are gone.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(objects()).hasSize(2 + 2));

            Program.Ended would = Program.run(folder, settings, "purge", "--older-than", "1s", "--dry-run");
            assertThat(would.out())
                    .isEqualTo("2 batches that ended more than 1s ago would be purged, with 4 objects.\n");
            assertThat(Program.run(folder, settings, "purge").status()).isEqualTo(2);
            assertThat(Program.run(folder, settings, "purge", "--older-than", "1h")
                            .out())
                    .startsWith("0 batches");
            Program.Ended purged = Program.run(folder, settings, "purge", "--older-than", "1s");
            assertThat(purged.out()).isEqualTo("2 batches that ended more than 1s ago are purged, with 4 objects.\n");
            assertThat(objects()).isEmpty();
            Program.Ended verified = Program.run(folder, settings, "verify", "--settled");
            assertThat(verified.status()).as(verified.out()).isZero();
        }
    }

    @Test
    void verifyTellsWhatIsLostAndWhatToDo() throws Exception {
        Map<String, String> settings = Map.of("HALFTONE_PORT", "0", "HALFTONE_OUTBOUND_ALLOW", "127.0.0.1");
        try (ImageHost host = new ImageHost();
                Program service = Program.start(folder, settings, "serve");
                Api api = new Api(service.awaitAddress())) {
            host.put("/a.jpg", Pictures.jpeg(80, 60, 1));
            String csv = "S. No.,Product Name,Input Image Urls\n1,Cup," + host.url("/a.jpg") + "\n";
            String id = ended(api, csv, "").get("requestId").asText();
            Files.delete(folder.resolve("data/objects/batches/" + id + "/000001-001.jpg"));
            Files.createDirectories(folder.resolve("data/objects/batches/" + id));
            Files.write(folder.resolve("data/objects/batches/" + id + "/000007-001.jpg"), new byte[3]);

            Program.Ended lost = Program.run(folder, settings, "verify", "--settled", "--batch", id);

            assertThat(lost.status()).isEqualTo(1);
            assertThat(lost.out())
                    .contains("object_missing: Every object that a row names is there.")
                    .contains("  object batches/" + id + "/000001-001.jpg of batch " + id + ": it is not there")
                    .contains("What to do: Restore it from a backup")
                    .contains("object_without_row")
                    .endsWith("2 findings.\n");
            JsonNode json = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(Program.run(folder, settings, "verify", "--json").out());
            assertThat(json.get("clean").asBoolean()).isFalse();
            assertThat(json.get("found").asInt())
                    .as("the other object is young")
                    .isEqualTo(1);
            assertThat(json.at("/findings/0/check").asText()).isEqualTo("object_missing");
        }
    }

    private static JsonNode ended(Api api, String csv, String query) throws Exception {
        return api.awaitEnd(Api.json(api.submit(csv, query)).get("requestId").asText());
    }

    private List<Path> objects() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("data/objects"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/stocks/"))
                    .toList();
        }
    }
}
