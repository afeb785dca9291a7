package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed without warning in the middle of a batch, its database left an orphan.
class KillAndRestartTest {
    @TempDir
    Path folder;

    @Test
    void theBatchGoesOnAndEndsRight() throws Exception {
        Map<String, String> settings = Map.of(
                "HALFTONE_PORT", "0", "HALFTONE_OUTBOUND_ALLOW", "127.0.0.1", "HALFTONE_HOST_CONCURRENCY", "100");
        try (ImageHost host = new ImageHost()) {
            StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
            for (int i = 0; i < 120; i++) {
                String path = (i < 100 ? "/open/" : "/gate/") + i + ".jpg";
                host.put(path, Pictures.jpeg(80, 60, i));
                csv.append(i)
                        .append(",P")
                        .append(i)
                        .append(',')
                        .append(host.url(path))
                        .append('\n');
            }
            host.closeGate();
            String requestId;
            try (Program service = Program.start(folder, settings, "serve");
                    Api api = new Api(service.awaitAddress())) {
                requestId = Api.json(api.submit(csv.toString(), ""))
                        .get("requestId")
                        .asText();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> api.json("/api/batches/" + requestId)
                                        .get("counts")
                                        .get("completed")
                                        .asInt()
                                >= 40);
                service.kill();
            }

            host.openGate();
            try (Program service = Program.start(folder, settings, "serve");
                    Api api = new Api(service.awaitAddress())) {
                JsonNode status = api.awaitEnd(requestId);

                assertThat(status.get("status").asText()).isEqualTo("completed");
                assertThat(status.get("counts").get("completed").asInt()).isEqualTo(120);
                assertThat(status.get("counts").get("failed").asInt()).isZero();
                assertThat(api.get("/api/batches/" + requestId + "/output.csv")
                                .body()
                                .lines()
                                .skip(1))
                        .hasSize(120)
                        .allMatch(line -> line.matches("\\d+,P\\d+,[^,]+,http[^,]+\\.jpg"));
                assertThat(host.requests())
                        .as("only what was in flight is fetched again")
                        .isLessThanOrEqualTo(120 + 2 * 64);
                Program.Ended beside = Program.run(folder, settings, "verify", "--settled");
                assertThat(beside.status()).as(beside.out() + beside.err()).isZero();
            }
            Program.Ended alone = Program.run(folder, settings, "verify", "--settled", "--json");
            assertThat(alone.status()).as(alone.out() + alone.err()).isZero();
            assertThat(alone.out()).contains("\"clean\":true", "\"items\":120", "\"objects\":121");
        }
    }
}
