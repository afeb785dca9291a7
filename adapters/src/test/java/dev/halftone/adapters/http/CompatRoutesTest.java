package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static dev.halftone.adapters.http.RunningServer.CSV;
import static dev.halftone.adapters.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.FailureCode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompatRoutesTest {
    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "csv"})
    void takesAnUpload(String field) {
        HttpResponse<String> response = running.postForm("/upload", new Form().file(field, "p.csv", CSV));
        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = json(response);
        assertThat(answer.fieldNames()).toIterable().containsExactly("requestId", "message");
        assertThat(answer.get("message").asText()).isEqualTo("Accepted: 2 products with 3 images are being processed.");
        assertThat(running.batches.find(
                        Owner.LOCAL, BatchId.of(answer.get("requestId").asText())))
                .isPresent();
    }

    @Test
    void showsAStatus() {
        BatchId id = running.submitted();
        running.complete(id, 0, "compressed");
        assertThat(running.get("/status/" + id).body()).isEqualTo("""
                        {"requestId":"%s","status":"processing","totalImages":3,"processedImages":1,\
                        "createdAt":"2026-11-21T09:00:00.123Z","updatedAt":"2026-11-21T09:00:00.123Z"}""".formatted(id));
    }

    @Test
    void givesTheCsvBack() {
        BatchId id = running.submitted();
        assertThat(running.get("/csv/" + id).body())
                .isEqualTo(running.get("/api/batches/" + id + "/output.csv").body())
                .contains("Output Image Urls");
    }

    @Test
    void processesTheImagesOfACsvBody() {
        HttpResponse<String> response = running.postCsv("/processImages", CSV);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json(response).fieldNames()).toIterable().containsExactly("requestId");
        assertThat(response.headers().firstValue("Location").orElseThrow())
                .endsWith("/api/batches/" + json(response).get("requestId").asText());
        assertThat(running.postForm("/processImages", new Form().file("csv", "p.csv", CSV))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void checksAStatusAsCsvWithDetails() {
        BatchId id = running.submitted();
        HttpResponse<String> response = running.get("/checkStatus/" + id);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(response.body()).contains("Status").contains("pending pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhookUrl", "webhook_url"})
    void takesAnUploadWithAWebhook(String field) {
        HttpResponse<String> response = running.postForm(
                "/api/upload",
                new Form().field(field, "https://shop.example/hook").file("file", "p.csv", CSV));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).fieldNames()).toIterable().containsExactly("requestId");
        BatchId id = BatchId.of(json(response).get("requestId").asText());
        assertThat(running.batches
                        .find(Owner.LOCAL, id)
                        .orElseThrow()
                        .options()
                        .webhook()
                        .orElseThrow())
                .hasToString("https://shop.example/hook");
    }

    @Test
    void saysOneOfThreeWords() {
        BatchId id = running.submitted();
        String path = "/api/status/" + id;
        assertThat(running.get(path).body()).isEqualTo("{\"requestId\":\"" + id + "\",\"status\":\"Pending\"}");
        running.complete(id, 0, "compressed");
        assertThat(json(running.get(path)).get("status").asText()).isEqualTo("Pending");
        running.complete(id, 1, "kept_original");
        running.batches.fail(id, 2, FailureCode.TIMEOUT, "too slow");
        assertThat(json(running.get(path)).get("status").asText()).isEqualTo("Completed");

        BatchId failing = running.submitted();
        for (int i = 0; i < 3; i++) {
            running.batches.fail(failing, i, FailureCode.TIMEOUT, "too slow");
        }
        assertThat(json(running.get("/api/status/" + failing)).get("status").asText())
                .isEqualTo("Failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/upload", "/processImages", "/api/upload"})
    void answersMistakesAsTheMainRouteDoes(String path) {
        assertProblem(running.postCsv(path, CSV + "3,SKU3,nonsense\n"), 422, "invalid_rows");
        assertProblem(running.postForm(path, new Form().field("quality", "1")), 400, "missing_file");
        assertProblem(running.postCsv(path + "?quality=0", CSV), 400, "invalid_options");
        assertProblem(running.postCsv(path, "", "Content-Type", "text/csv"), 422, "empty");
    }

    @Test
    void refusesAnImage() {
        JsonNode problem = assertProblem(
                running.postCsv("/upload", "\u00ff\u00d8\u00ff", "Content-Type", "image/jpeg"),
                415,
                "unsupported_media_type");
        assertThat(problem.get("detail").asText()).contains("image/jpeg", "CSV");
    }
}
