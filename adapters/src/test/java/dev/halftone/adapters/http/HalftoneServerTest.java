package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalftoneServerTest {
    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/batches", "/api/batches", "/nope", "/health/live", "/api/batches?limit=x"})
    void sendsTheSecurityHeadersWithEveryAnswer(String path) {
        var headers = running.get(path).headers();
        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; style-src 'self'; img-src 'self' https://images.example.test;"
                        + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
        assertThat(headers.firstValue("Content-Type").orElseThrow()).endsWith("charset=utf-8");
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void saysThatItLives() {
        assertThat(running.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void saysWhatItIsNotReadyFor() {
        assertThat(running.get("/health/ready").body())
                .isEqualTo("{\"status\":\"ready\",\"lastPoll\":\"2026-11-21T09:00:00.123Z\"}");

        running.notReady.add("the database does not answer");
        HttpResponse<String> response = running.get("/health/ready");
        assertProblem(response, 503, "not_ready");
        assertThat(response.body()).contains("the database does not answer");
        assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNothingInAndStillAnswersWhileItCloses() {
        BatchId id = running.submitted();

        running.server.beginClosing();

        HttpResponse<String> refused = running.postCsv("/api/batches", RunningServer.CSV);
        assertProblem(refused, 503, "stopping");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertProblem(running.postCsv("/upload", RunningServer.CSV), 503, "stopping");
        assertProblem(running.send("DELETE", "/api/batches/" + id), 503, "stopping");
        assertThat(running.get("/api/batches/" + id).statusCode()).isEqualTo(200);
        assertThat(running.send("HEAD", "/api/batches/" + id).statusCode()).isEqualTo(200);
        assertThat(running.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 10))
                .hasSize(1);
    }

    @Test
    void endsLongPollsWhenItStops() throws Exception {
        BatchId id = running.submitted();
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> running.get("/api/batches/" + id, "Prefer", "wait=30"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> running.batches.finds() > 0);
        running.server.close();
        assertThat(waiting.get(4, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "multipart/form-data; boundary=" + Form.BOUNDARY})
    void leavesNothingBehindOfAnUploadThatBreaksOff(String type) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port())) {
            String form = new Form().file("file", "a.csv", "x".repeat(50_000)).text();
            String head = "POST /api/batches HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                    + "\r\nContent-Length: 60000\r\n\r\n";
            socket.getOutputStream().write((head + form.substring(0, 40_000)).getBytes(US_ASCII));
            socket.setSoLinger(true, 0);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(running.spool).isEmptyDirectory();
            assertThat(running.objects.keys()).isEmpty();
        });
        assertThat(running.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 10))
                .isEmpty();
        assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    }
}
