package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static dev.halftone.adapters.http.RunningServer.CSV;
import static dev.halftone.adapters.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.domain.batch.BatchId;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSubmissionTest {
    private static final String BAD_ROW = CSV + "3,SKU3,nonsense\n4,SKU4,also\n";

    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void takesACsvAsTheWholeBody() {
        HttpResponse<String> response = running.postCsv("/api/batches", CSV);

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = json(response);
        String id = answer.get("requestId").asText();
        String self = "https://images.example.test/api/batches/" + id;
        assertThat(response.headers().firstValue("Location")).contains(self);
        assertThat(answer.get("status").asText()).isEqualTo("pending");
        assertThat(answer.get("totalProducts").asInt()).isEqualTo(2);
        assertThat(answer.get("totalImages").asInt()).isEqualTo(3);
        assertThat(answer.get("skippedRows").asInt()).isZero();
        assertThat(answer.get("warnings")).isEmpty();
        assertThat(answer.has("webhookSecret")).isFalse();
        assertThat(answer.get("links").toString()).isEqualTo("""
                        {"self":"%1$s","items":"%1$s/items","outputCsv":"%1$s/output.csv","outputNdjson":"%1$s/output.ndjson","page":"https://images.example.test/batches/%2$s"}""".formatted(self, id));
        assertThat(running.batches.find(BatchId.of(id))).isPresent();
    }

    @Test
    void takesACsvFromAFormWithItsOptions() {
        HttpResponse<String> response = running.postForm(
                "/api/batches?maxWidth=800",
                new Form()
                        .field("quality", "70")
                        .field("name", "Schöne Bilder")
                        .file("file", "../../x.csv", CSV)
                        .field("webhookUrl", "https://shop.example/hook"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("webhookSecret").asText()).startsWith("whsec_");
        JsonNode shown = json(
                running.get("/api/batches/" + json(response).get("requestId").asText()));
        assertThat(shown.get("name").asText()).isEqualTo("Schöne Bilder");
        assertThat(shown.get("options").toString()).isEqualTo("""
                        {"quality":70,"format":"keep","maxWidth":800,"maxHeight":null,"metadata":"strip","minSavings":0,"profile":"standard","effort":"fast","progressive":false,"onInvalidRows":"reject","webhookUrl":"https://shop.example/hook","duplicates":false,"webhookProgress":false,"retention":"0"}""");
    }

    @Test
    void takesAFilePartThatHasNoFileName() {
        assertThat(running.postForm("/api/batches", new Form().field("file", CSV))
                        .statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/csv", "text/plain", "application/octet-stream", "text/csv; charset=utf-8"})
    void takesTheMediaTypesThatClientsGiveACsv(String type) {
        assertThat(running.postCsv("/api/batches", CSV, "Content-Type", type).statusCode())
                .isEqualTo(202);
    }

    @Test
    void givesTheWebhookSecretOnlyOnce() {
        String path = "/api/batches?webhookUrl=https://shop.example/hook";
        assertThat(json(running.postCsv(path, CSV)).has("webhookSecret")).isTrue();
        assertThat(json(running.postCsv(path, CSV)).has("webhookSecret")).isFalse();
    }

    @Test
    void tellsWhatWasTakenForGranted() {
        JsonNode answer = json(running.postCsv("/api/batches", CSV.replace("S. No.,", "S. No.;")));
        assertThat(answer.get("warnings").toString())
                .isEqualTo("[{\"line\":1,\"code\":\"delimiter\",\"message\":\"The delimiter is ;\"}]");
    }

    @Test
    void namesEveryOptionThatIsWrong() {
        JsonNode problem =
                assertProblem(running.postCsv("/api/batches?quality=200&colour=red", CSV), 400, "invalid_options");
        assertThat(problem.get("errors")).hasSize(2);
        assertThat(problem.get("errors").findValuesAsText("field")).containsExactly("colour", "quality");
        assertThat(problem.get("errors").get(1).get("detail").asText()).contains("1 to 100", "200");
        assertThat(running.objects.keys()).isEmpty();
    }

    @Test
    void refusesAnOptionGivenTwice() {
        JsonNode problem = assertProblem(
                running.postForm(
                        "/api/batches?quality=50",
                        new Form().file("file", "a.csv", CSV).field("quality", "60")),
                400,
                "given_twice");
        assertThat(problem.get("errors").get(0).get("field").asText()).isEqualTo("quality");
    }

    @Test
    void listsEveryRowThatCantBeUsed() {
        JsonNode problem = assertProblem(running.postCsv("/api/batches", BAD_ROW), 422, "invalid_rows");
        assertThat(problem.get("errors").get(0).toString()).isEqualTo("""
                        {"line":4,"column":"Input Image Urls","code":"invalid_url","detail":"not an absolute http:// or https:// address"}""");
        assertThat(problem.get("errors").findValuesAsText("line")).containsExactly("4", "5");
        assertThat(problem.get("detail").asText()).startsWith("2 rows of 4");
        assertThat(running.objects.keys()).isEmpty();
    }

    @Test
    void skipsBadRowsWhereThatIsAskedFor() {
        JsonNode answer = json(running.postCsv("/api/batches?onInvalidRows=skip", BAD_ROW));
        assertThat(answer.get("skippedRows").asInt()).isEqualTo(2);
        assertThat(answer.get("totalImages").asInt()).isEqualTo(3);
    }

    @Test
    void refusesAFileThatCantBeReadWithItsLine() {
        JsonNode problem = assertProblem(running.postCsv("/api/batches", CSV + "3,\"open\n"), 422, "unclosed_quote");
        assertThat(problem.get("errors").get(0).get("line").asInt()).isEqualTo(4);
        assertThat(running.objects.keys()).isEmpty();
    }

    @Test
    void refusesAnEmptyBody() {
        assertProblem(running.postCsv("/api/batches", ""), 422, "empty");
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() {
        assertProblem(running.postCsv("/api/batches", "x".repeat(RunningServer.MAX_CSV + 1)), 413, "too_many_bytes");
    }

    @Test
    void refusesABodyThatGrowsTooLarge() {
        byte[] large = new byte[RunningServer.MAX_CSV + 1];
        assertProblem(running.postStream("/api/batches", large), 413, "too_many_bytes");
        assertThat(running.objects.keys()).isEmpty();
    }

    @Test
    void answersBeforeALargeBodyIsRead() {
        assertProblem(
                running.postStream("/upload", new byte[8 << 20], "Content-Type", "image/png"),
                415,
                "unsupported_media_type");
    }

    @Test
    void refusesAFormWhoseFileIsTooLarge() {
        String large = "x".repeat(RunningServer.MAX_CSV + 1);
        assertProblem(running.postForm("/api/batches", new Form().file("file", "a.csv", large)), 413, "too_many_bytes");
        assertThat(running.spool).isEmptyDirectory();
    }

    @Test
    void refusesAFormThatIsTooLargeAltogether() {
        Form form = new Form().file("file", "a.csv", CSV);
        for (int i = 0; i < 40; i++) {
            form.field("f" + i, "x".repeat(60_000));
        }
        assertProblem(running.postForm("/api/batches", form), 413, "too_many_bytes");
    }

    @Test
    void asksForTheFileThatAFormLacks() {
        JsonNode problem =
                assertProblem(running.postForm("/api/batches", new Form().field("quality", "50")), 400, "missing_file");
        assertThat(problem.get("errors").get(0).get("field").asText()).isEqualTo("file");
    }

    @Test
    void refusesTheWrongNameForTheFile() {
        JsonNode problem = assertProblem(
                running.postForm("/api/batches", new Form().file("csv", "a.csv", CSV)), 400, "unknown_file");
        assertThat(problem.get("errors").get(0).get("field").asText()).isEqualTo("csv");
    }

    @Test
    void refusesAnOptionOfManyKilobytes() {
        assertProblem(
                running.postForm(
                        "/api/batches", new Form().file("file", "a.csv", CSV).field("name", "x".repeat(20_000))),
                400,
                "too_long");
    }

    @Test
    void refusesAFormThatIsCutShort() {
        HttpResponse<String> response = running.postCsv(
                "/api/batches",
                "--" + Form.BOUNDARY + "\r\nContent-Disp",
                "Content-Type",
                "multipart/form-data; boundary=" + Form.BOUNDARY);
        assertProblem(response, 400, "bad_request");
        assertThat(running.spool).isEmptyDirectory();
    }

    @Test
    void refusesAFormWithoutBoundary() {
        assertProblem(running.postCsv("/api/batches", "x", "Content-Type", "multipart/form-data"), 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "image/png", "application/x-www-form-urlencoded", "nonsense"})
    void refusesOtherMediaTypes(String type) {
        HttpResponse<String> response = running.postCsv("/api/batches", CSV, "Content-Type", type);
        assertProblem(response, 415, "unsupported_media_type");
        assertThat(response.headers().firstValue("Accept-Post")).contains("text/csv, multipart/form-data");
    }

    @Test
    void refusesAnEncodedBody() {
        assertProblem(running.postCsv("/api/batches", CSV, "Content-Encoding", "gzip"), 415, "unsupported_media_type");
    }

    @Test
    void answersARepeatedSubmissionWithTheSameBatch() {
        HttpResponse<String> first = running.postCsv("/api/batches", CSV, "Idempotency-Key", "k1");
        HttpResponse<String> again = running.postCsv("/api/batches", CSV, "Idempotency-Key", "k1");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(running.batches.list(Optional.empty(), Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherFile() {
        running.postCsv("/api/batches", CSV, "Idempotency-Key", "k1");
        assertProblem(
                running.postCsv("/api/batches", CSV + "3,SKU3,https://shop.example/d.jpg\n", "Idempotency-Key", "k1"),
                422,
                "idempotency_key_reused");
        assertProblem(
                running.postCsv("/api/batches?quality=60", CSV, "Idempotency-Key", "k1"),
                422,
                "idempotency_key_reused");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        assertProblem(running.postCsv("/api/batches", CSV, "Idempotency-Key", "k".repeat(256)), 400, "invalid_header");
        assertThat(running.postCsv("/api/batches", CSV, "Idempotency-Key", "k".repeat(255))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void checksAFileWithoutStoringAnything() {
        HttpResponse<String> response = running.postCsv("/api/batches?dryRun=true", BAD_ROW);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode found = json(response);
        assertThat(found.get("valid").asBoolean()).isFalse();
        assertThat(found.get("totalProducts").asInt()).isEqualTo(2);
        assertThat(found.get("totalImages").asInt()).isEqualTo(3);
        assertThat(found.get("badRows").asInt()).isEqualTo(2);
        assertThat(found.get("errors")).hasSize(2);
        assertThat(found.get("warnings").isArray()).isTrue();
        assertThat(running.batches.list(Optional.empty(), Optional.empty(), 10)).isEmpty();
        assertThat(running.objects.keys()).isEmpty();
    }

    @Test
    void callsAFileValidThatWouldBeTaken() {
        assertThat(json(running.postCsv("/api/batches?dryRun=true", CSV))
                        .get("valid")
                        .asBoolean())
                .isTrue();
        assertThat(json(running.postCsv("/api/batches?dryRun=true&onInvalidRows=skip", BAD_ROW))
                        .get("valid")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void callsAnUnreadableFileInvalidInADryRun() {
        HttpResponse<String> response = running.postCsv("/api/batches?dryRun=true", CSV + "3,\"open\n");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("valid").asBoolean()).isFalse();
        assertThat(json(response).get("errors").get(0).get("code").asText()).isEqualTo("unclosed_quote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void refusesPagesOfOtherSites(String site) {
        assertProblem(running.postCsv("/api/batches", CSV, "Sec-Fetch-Site", site), 403, "cross_site");
    }

    @Test
    void refusesAnotherOrigin() {
        assertProblem(running.postCsv("/api/batches", CSV, "Origin", "https://evil.example"), 403, "cross_site");
        assertProblem(running.postCsv("/api/batches", CSV, "Origin", "null"), 403, "cross_site");
        assertThat(running.postCsv("/api/batches", CSV, "Origin", running.address.toString())
                        .statusCode())
                .isEqualTo(202);
    }
}
