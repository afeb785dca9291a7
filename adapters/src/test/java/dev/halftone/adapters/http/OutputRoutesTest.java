package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static dev.halftone.adapters.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.failure.FailureCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputRoutesTest {
    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    private BatchId halfDone() {
        BatchId id = running.submitted();
        running.complete(id, 0, "compressed");
        running.batches.fail(id, 2, FailureCode.TIMEOUT, "too slow");
        return id;
    }

    @Test
    void givesTheCsvBackWithWhatIsDoneSoFar() {
        BatchId id = halfDone();
        HttpResponse<String> response = running.get("/api/batches/" + id + "/output.csv");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("text/csv; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + id + "-output.csv\"");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.body().lines())
                .containsExactly(
                        "S. No.,Product Name,Input Image Urls,Output Image Urls",
                        "'1,SKU1,https://shop.example/a.jpg https://shop.example/b.jpg,"
                                + "https://images.example.test/files/batches/" + id + "/000001-001.jpg ",
                        "'2,SKU2,https://shop.example/c.png,");
    }

    @Test
    void givesDetailsAndRawCellsWhereAskedFor() {
        BatchId id = halfDone();
        String csv = running.get("/api/batches/" + id + "/output.csv?details=true&raw=true")
                .body();
        assertThat(csv.lines().skip(2)).containsExactly("2,SKU2,https://shop.example/c.png,,failed");
    }

    @Test
    void namesAFlagThatIsWrong() {
        BatchId id = running.submitted();
        assertProblem(running.get("/api/batches/" + id + "/output.csv?details=perhaps"), 400, "invalid_parameter");
    }

    @Test
    void namesTheFileAfterTheBatch() {
        BatchId id = running.submitted("?name=Autumn%20%22sale%22/..%0dX".replace("%0d", ""));
        assertThat(running.get("/api/batches/" + id + "/output.csv").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"Autumn-sale-..X-output.csv\"");
    }

    @Test
    void givesTheCsvToWhoeverAcceptsCsv() {
        BatchId id = halfDone();
        HttpResponse<String> csv = running.get("/api/batches/" + id, "Accept", "text/csv, application/json;q=0.5");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.headers().firstValue("Vary")).contains("Accept, Prefer");
        assertThat(running.get("/api/batches/" + id, "Accept", "*/*")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("application/json");
    }

    @Test
    void givesOneItemALine() {
        BatchId id = halfDone();
        HttpResponse<String> response = running.get("/api/batches/" + id + "/output.ndjson");
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        assertThat(response.body().lines().map(line -> json(line).get("status").asText()))
                .containsExactly("completed", "pending", "failed");
    }

    @Test
    void answersHeadWithoutABody() {
        BatchId id = running.submitted();
        HttpResponse<String> head = running.send("HEAD", "/api/batches/" + id + "/output.csv");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Disposition")).isPresent();
    }

    @Test
    void answersAFailureBeforeTheFirstByteAsAProblem() {
        BatchId id = running.submitted();
        running.objects.delete(SubmitBatch.uploadKey(id));
        HttpResponse<String> response = running.get("/api/batches/" + id + "/output.csv");
        assertProblem(response, 500, "internal");
        assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @Test
    void cutsTheConnectionWhereAFailureComesInTheMiddle() {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < 900; i++) {
            csv.append(i)
                    .append(",SKU")
                    .append(i)
                    .append(",https://shop.example/")
                    .append("x".repeat(30));
            csv.append('\n');
        }
        BatchId id = BatchId.of(json(running.postCsv("/api/batches", csv.toString()))
                .get("requestId")
                .asText());
        running.batches.breakRowsFrom(850);

        assertThatThrownBy(() -> running.get("/api/batches/" + id + "/output.csv"))
                .rootCause()
                .isInstanceOf(IOException.class);
    }
}
