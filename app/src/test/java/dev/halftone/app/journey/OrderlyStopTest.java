package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service is asked to stop (SIGTERM) in the middle of a batch.
class OrderlyStopTest {
    private static final Map<String, String> SETTINGS =
            Map.of("HALFTONE_PORT", "0", "HALFTONE_OUTBOUND_ALLOW", "127.0.0.1");

    @TempDir
    Path folder;

    @Test
    void nothingIsTakenInWhileWhatRunsComesToItsEnd() throws Exception {
        try (ImageHost host = new ImageHost();
                Program service = Program.start(folder, SETTINGS, "serve");
                Api api = new Api(service.awaitAddress())) {
            host.put("/gate/a.jpg", Pictures.jpeg(80, 60, 1));
            host.closeGate();
            String csv = "S. No.,Product Name,Input Image Urls\n1,Cup," + host.url("/gate/a.jpg") + "\n";
            String id = Api.json(api.submit(csv, "")).get("requestId").asText();
            await().atMost(Duration.ofSeconds(60)).until(() -> host.requests() == 1);

            service.signal("-TERM");
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> api.get("/health/ready").statusCode() == 503);

            HttpResponse<String> refused = api.submit(csv, "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(Api.json(refused).get("code").asText()).isEqualTo("stopping");
            assertThat(api.json("/api/batches/" + id)
                            .get("counts")
                            .get("processing")
                            .asInt())
                    .isEqualTo(1);
            host.openGate();
            service.awaitEnd();
        }
        Program.Ended verified = Program.run(folder, SETTINGS, "verify", "--settled", "--json");
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).contains("\"clean\":true", "\"items\":1");
    }
}
