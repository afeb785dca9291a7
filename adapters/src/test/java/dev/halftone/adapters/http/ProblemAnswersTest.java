package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemAnswersTest {
    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/api/nope", "/api/batches/x/y/z", "/assets/other.css", "/favicon.ico"})
    void knowsNoOtherAddress(String path) {
        assertProblem(running.get(path), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE,/api/batches,'GET, POST, HEAD'",
        "PUT,/api/batches/x/items,'GET, HEAD'",
        "GET,/upload,POST",
        "HEAD,/upload,POST",
        "OPTIONS,/files/batches/x.jpg,'GET, HEAD'",
        "TRACE,/health/live,'GET, HEAD'",
        "FOO,/,'GET, HEAD'"
    })
    void namesTheMethodsThatAnAddressTakes(String method, String path, String allow) {
        HttpResponse<String> response = running.send(method, path);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow").orElseThrow().split(", "))
                .containsExactlyInAnyOrder(allow.split(", "));
        if (!method.equals("HEAD")) {
            assertProblem(response, 405, "method_not_allowed");
        }
    }

    @Test
    void takesNoOtherMethodThanTheRequestsOwn() {
        BatchId id = running.submitted();
        for (String method : new String[] {"DELETE", "POST", "XYZZY"}) {
            assertThat(running.get("/api/batches/" + id, "X-HTTP-Method-Override", method)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertProblem(
                running.send("DELETE", "/api/batches", "X-HTTP-Method-Override", "GET"), 405, "method_not_allowed");
    }

    @Test
    void showsPeopleAPage() {
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        HttpResponse<String> response = running.get("/batches/x", "Accept", browser);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(response.body()).contains("There is no such batch", "not_found");
        assertProblem(running.get("/batches/x"), 404, "not_found");
        assertThat(running.send("DELETE", "/batches", "Accept", browser)
                        .headers()
                        .firstValue("Allow"))
                .isPresent();
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        BatchId id = running.submitted();
        running.batches.breakDown(new RunningServer.Outage());
        HttpResponse<String> response = running.get("/api/batches/" + id);
        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertProblem(running.postCsv("/api/batches", RunningServer.CSV), 503, "unavailable");
        assertThat(running.objects.keys()).hasSize(1);

        running.batches.recover();
        assertThat(running.get("/api/batches/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsNothingOfAnUnexpectedError() {
        running.batches.breakDown(new IllegalStateException("password=hunter2 at /srv/data"));
        HttpResponse<String> response = running.get("/api/batches");
        assertProblem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("hunter2", "/srv");
    }

    @ParameterizedTest
    @CsvSource({"STORAGE_UNAVAILABLE,503,storage_unavailable", "STORAGE_FULL,507,storage_full", "INTERNAL,500,internal"
    })
    void turnsAFailureOfAPortIntoAStatus(FailureCode failure, int status, String code) {
        running.batches.breakDown(HalftoneException.of(failure, "in words"));
        HttpResponse<String> response = running.get("/api/batches");
        assertProblem(response, status, code);
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /nope HTTP/9.9", "GET HTTP/1.1", "\u0001\u0002", "GET /%zz HTTP/1.1"})
    void answersAMalformedRequestWithAProblem(String requestLine) throws IOException {
        String answer = raw(requestLine + "\r\nHost: x\r\n\r\n");
        assertThat(answer)
                .contains("application/problem+json", "nosniff")
                .doesNotContain("<html", "Exception", "\tat ");
        assertThat(answer).startsWith("HTTP/1.1 ");
    }

    @Test
    void answersHeadersOverTheLimitWithAProblem() throws IOException {
        String answer = raw("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("headers_too_large");
    }

    @Test
    void answersAWebSocketThatNobodyServesWithAProblem() throws IOException {
        String answer = raw("GET /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\nSec-WebSocket-Version: 13\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404").contains("application/problem+json", "nosniff");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
