package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.storage.ObjectKey;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRoutesTest {
    private static final String PATH = "/files/batches/b1/000001-001.jpg";

    private final RunningServer running = new RunningServer();

    @BeforeEach
    void store() {
        running.objects.put(new ObjectKey("batches/b1/000001-001.jpg"), "0123456789".getBytes(UTF_8), "image/jpeg");
        running.objects.put(new ObjectKey("uploads/u.csv"), "secret".getBytes(UTF_8), "text/csv");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void servesAnOutputForGood() {
        HttpResponse<String> response = running.get(PATH);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789");
        var headers = response.headers();
        assertThat(headers.firstValue("Content-Type")).contains("image/jpeg");
        assertThat(headers.firstValue("Content-Length")).contains("10");
        assertThat(headers.firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(headers.firstValue("Accept-Ranges")).contains("bytes");
        assertThat(headers.firstValue("Last-Modified")).contains("Sat, 21 Nov 2026 08:00:00 GMT");
        assertThat(headers.firstValue("ETag").orElseThrow()).startsWith("\"").endsWith("\"");
    }

    @Test
    void neverLetsAnOutputRunAnything() {
        var headers = running.get(PATH).headers();
        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; sandbox; frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.allValues("Cross-Origin-Resource-Policy")).containsExactly("cross-origin");
    }

    @ParameterizedTest
    @CsvSource({"png,image/png", "webp,image/webp", "gif,image/gif", "html,application/octet-stream"})
    void tellsTheMediaTypeByTheKey(String extension, String type) {
        running.objects.put(new ObjectKey("batches/b1/x." + extension), new byte[1], type);
        assertThat(running.get("/files/batches/b1/x." + extension).headers().firstValue("Content-Type"))
                .contains(type);
    }

    @Test
    void answersAKnownEtagWith304() {
        String etag = running.get(PATH).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> response = running.get(PATH, "If-None-Match", "\"other\", " + etag);
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).contains(etag);
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0-0",
        "bytes=2-4,234,2-4",
        "bytes=7-,789,7-9",
        "bytes=-3,789,7-9",
        "bytes=-99,0123456789,0-9",
        "bytes=8-99,89,8-9"
    })
    void servesARange(String range, String body, String sent) {
        HttpResponse<String> response = running.get(PATH, "Range", range);
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes " + sent + "/10");
        assertThat(response.headers().firstValue("Content-Length")).contains("" + body.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes"})
    void servesTheWholeForRangesItDoesNotCut(String range) {
        HttpResponse<String> response = running.get(PATH, "Range", range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=99-100", "bytes=-0"})
    void refusesARangeOutsideOfTheFile(String range) {
        HttpResponse<String> response = running.get(PATH, "Range", range);
        assertProblem(response, 416, "range_not_satisfiable");
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes */10");
    }

    @Test
    void cutsARangeOnlyFromTheFileThatTheClientKnows() {
        String etag = running.get(PATH).headers().firstValue("ETag").orElseThrow();
        assertThat(running.get(PATH, "Range", "bytes=0-1", "If-Range", etag).statusCode())
                .isEqualTo(206);
        assertThat(running.get(PATH, "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersHeadWithTheLength() {
        HttpResponse<String> response = running.send("HEAD", PATH);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("10");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/uploads/u.csv",
                "/files/batches/b1/none.jpg",
                "/files/batches/.hidden",
                "/files/batches/b1/a%20b.jpg",
                "/files/batches",
                "/files/"
            })
    void servesNothingElse(String path) {
        assertProblem(running.get(path), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files/batches/%2e%2e/uploads/u.csv", "/files/batches/..%2fuploads/u.csv"})
    void servesNothingOutsideOfTheOutputs(String path) {
        HttpResponse<String> response = running.get(path);
        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.body()).doesNotContain("secret");
    }
}
