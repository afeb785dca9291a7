package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static dev.halftone.adapters.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.FailureCode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchStatusTest {
    private static final String UNKNOWN = "0123456789abcdefghjkmnpqrs";

    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void showsHowFarABatchIs() {
        BatchId id = running.submitted("?name=Autumn");
        running.complete(id, 0, "compressed");
        running.batches.fail(id, 1, FailureCode.HTTP_STATUS, "the host answered 404");
        running.now.set(running.now.get().plusSeconds(10));

        JsonNode status = json(running.get("/api/batches/" + id));
        ((com.fasterxml.jackson.databind.node.ObjectNode) status).remove("links");
        assertThat(status.toString()).isEqualTo("""
                        {"requestId":"%s","name":"Autumn","status":"processing","totalProducts":2,"totalImages":3,"skippedRows":0,\
                        "counts":{"pending":1,"processing":0,"completed":1,"keptOriginal":0,"failed":1,"cancelled":0},\
                        "processedImages":2,"progressPercent":66,"bytesIn":100000,"bytesOut":40000,"savedPercent":60.0,\
                        "failures":{"http_status":{"count":1,"advice":"Open the address in a browser: the host answered with an error status."}},\
                        "itemsPerSecond":0.2,"etaSeconds":5,"createdAt":"2026-11-21T09:00:00.123Z","startedAt":"2026-11-21T09:00:00.123Z",\
                        "updatedAt":"2026-11-21T09:00:00.123Z","finishedAt":null,"expiresAt":null,\
                        "options":{"quality":50,"format":"keep","maxWidth":null,"maxHeight":null,"metadata":"strip","minSavings":0,"profile":"standard","effort":"fast","progressive":false,\
                        "onInvalidRows":"reject","webhookUrl":null,"duplicates":false,"webhookProgress":false,"priority":5,"retention":"0"},"warnings":[]}""".formatted(id));
    }

    @Test
    void showsABatchThatHasNotBegun() {
        JsonNode status = json(running.get("/api/batches/" + running.submitted()));
        assertThat(status.get("status").asText()).isEqualTo("pending");
        assertThat(status.get("progressPercent").asInt()).isZero();
        assertThat(status.get("savedPercent").isNull()).isTrue();
        assertThat(status.get("etaSeconds").isNull()).isTrue();
        assertThat(status.get("startedAt").isNull()).isTrue();
    }

    @Test
    void measuresThePaceOfAFinishedBatchUpToItsEnd() {
        BatchId id = running.submitted();
        running.batches.begin(id, 0);
        running.now.set(running.now.get().plusSeconds(3));
        for (int i = 0; i < 3; i++) {
            running.complete(id, i, "compressed");
        }
        running.now.set(running.now.get().plusSeconds(3_600));

        JsonNode status = json(running.get("/api/batches/" + id));
        assertThat(status.get("status").asText()).isEqualTo("completed");
        assertThat(status.get("itemsPerSecond").asDouble()).isEqualTo(1.0);
        assertThat(status.get("etaSeconds").isNull()).isTrue();
        assertThat(status.get("finishedAt").asText()).isEqualTo("2026-11-21T09:00:03.123Z");
        assertThat(status.get("expiresAt").isNull()).as("kept for good").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/batches/" + UNKNOWN,
                "/api/batches/x",
                "/api/batches/%00",
                "/api/batches/" + UNKNOWN + "/items",
                "/api/batches/" + UNKNOWN + "/output.csv",
                "/api/batches/x/output.ndjson",
                "/status/x",
                "/csv/x",
                "/checkStatus/" + UNKNOWN,
                "/api/status/" + UNKNOWN
            })
    void knowsNoOtherBatch(String path) {
        if (path.endsWith("%00")) {
            assertThat(running.get(path).statusCode()).isIn(400, 404);
        } else {
            assertProblem(running.get(path), 404, "not_found");
        }
    }

    @Test
    void readsAnIdAsAPersonTypesIt() {
        BatchId id = running.submitted();
        assertThat(running.get("/api/batches/" + id.toString().toUpperCase(Locale.ROOT))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersNothingNewWith304() {
        BatchId id = running.submitted();
        String etag =
                running.get("/api/batches/" + id).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = running.get("/api/batches/" + id, "If-None-Match", etag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(etag);

        running.batches.begin(id, 0);
        HttpResponse<String> changed = running.get("/api/batches/" + id, "If-None-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(etag);
    }

    @Test
    void tellsStatesOfOneMillisecondApart() {
        BatchId id = running.submitted();
        running.batches.begin(id, 0);
        String begun =
                running.get("/api/batches/" + id).headers().firstValue("ETag").orElseThrow();
        running.batches.begin(id, 1);
        String more =
                running.get("/api/batches/" + id).headers().firstValue("ETag").orElseThrow();
        running.batches.fail(id, 1, FailureCode.TIMEOUT, "too slow");
        String failed =
                running.get("/api/batches/" + id).headers().firstValue("ETag").orElseThrow();
        assertThat(begun).isNotEqualTo(more).isNotEqualTo(failed);
        assertThat(more).isNotEqualTo(failed);
    }

    @Test
    void answersHeadLikeGet() {
        BatchId id = running.submitted();
        HttpResponse<String> head = running.send("HEAD", "/api/batches/" + id);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).isPresent();
        assertThat(running.send("HEAD", "/api/batches/" + UNKNOWN).statusCode()).isEqualTo(404);
    }

    @Test
    void waitsUntilSomethingChanges() throws Exception {
        BatchId id = running.submitted();
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> running.get("/api/batches/" + id, "Prefer", "wait=30"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            running.now.set(running.now.get().plusMillis(1));
            running.batches.begin(id, 0);
            return waiting.isDone();
        });

        HttpResponse<String> response = waiting.get(1, TimeUnit.SECONDS);
        assertThat(json(response).get("status").asText()).isEqualTo("processing");
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=30");
    }

    @Test
    void answersWithWhatIsKnownWhenTheWaitIsOver() {
        BatchId id = running.submitted();
        HttpResponse<String> response = running.get("/api/batches/" + id, "Prefer", "respond-async, wait=1");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("status").asText()).isEqualTo("pending");

        String etag = response.headers().firstValue("ETag").orElseThrow();
        assertThat(running.get("/api/batches/" + id, "Prefer", "wait=1", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void doesNotWaitForABatchThatHasEnded() {
        BatchId id = running.submitted();
        running.batches.cancel(id);
        assertThat(json(running.get("/api/batches/" + id, "Prefer", "wait=30"))
                        .get("status")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void doesNotWaitWhereTheClientIsBehind() {
        BatchId id = running.submitted();
        assertThat(running.get("/api/batches/" + id, "Prefer", "wait=30", "If-None-Match", "W/\"old\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void listsBatchesNewestFirstPageByPage() {
        BatchId first = running.submitted();
        BatchId second = running.submitted();
        BatchId third = running.submitted();

        JsonNode page = json(running.get("/api/batches?limit=2"));
        assertThat(page.findValuesAsText("requestId")).containsExactly(third.toString(), second.toString());
        assertThat(page.get("batches").get(0).get("totalImages").asInt()).isEqualTo(3);

        JsonNode rest = json(running.get(
                "/api/batches?limit=2&cursor=" + page.get("nextCursor").asText()));
        assertThat(rest.findValuesAsText("requestId")).containsExactly(first.toString());
        assertThat(rest.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void listsNoCursorAfterAPageThatIsJustFull() {
        running.submitted();
        running.submitted();
        assertThat(json(running.get("/api/batches?limit=2")).get("nextCursor").isNull())
                .isTrue();
    }

    @Test
    void listsBatchesOfOneState() {
        running.submitted();
        BatchId cancelled = running.submitted();
        running.batches.cancel(cancelled);
        assertThat(json(running.get("/api/batches?status=cancelled")).findValuesAsText("requestId"))
                .containsExactly(cancelled.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=done", "cursor=x", "limit=0", "limit=101", "limit=many"})
    void namesAParameterOfTheListThatIsWrong(String query) {
        JsonNode problem = assertProblem(running.get("/api/batches?" + query), 400, "invalid_parameter");
        assertThat(problem.get("errors").get(0).get("field").asText())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void listsItemsWithTheirOutcomes() {
        BatchId id = running.submitted();
        running.complete(id, 0, "compressed");
        running.batches.fail(id, 1, FailureCode.DNS_FAILURE, "no such host");

        JsonNode items = json(running.get("/api/batches/" + id + "/items")).get("items");
        assertThat(items.get(0).toString()).isEqualTo("""
                        {"line":2,"product":"SKU1","position":1,"inputUrl":"https://shop.example/a.jpg",\
                        "outputUrl":"https://images.example.test/files/batches/%s/000001-001.jpg","status":"completed","outcome":"compressed",\
                        "mediaType":"image/jpeg","width":800,"height":600,"bytesIn":100000,"bytesOut":40000,"savedPercent":60.0,\
                        "notes":[],"code":null,"detail":null,"advice":null,"attempts":1}""".formatted(id));
        assertThat(items.get(1).get("code").asText()).isEqualTo("dns_failure");
        assertThat(items.get(1).get("detail").asText()).isEqualTo("no such host");
        assertThat(items.get(1).get("advice").asText()).isEqualTo(FailureCode.DNS_FAILURE.advice());
        assertThat(items.get(1).get("outputUrl").isNull()).isTrue();
        assertThat(items.get(2).get("status").asText()).isEqualTo("pending");
    }

    @Test
    void tellsOfAnItemWhatThereIsToKnow() {
        BatchId id = running.submitted();
        running.complete(id, 0, "kept_original");

        JsonNode items = json(running.get("/api/batches/" + id + "/items")).get("items");

        assertThat(items.get(0).get("notes").toString()).isEqualTo("[\"animated: kept as it is\"]");
        assertThat(items.get(1).get("notes").toString()).isEqualTo("[]");
    }

    @Test
    void listsItemsPageByPageAndByStateAndCode() {
        BatchId id = running.submitted();
        running.batches.fail(id, 2, FailureCode.TIMEOUT, "too slow");
        String items = "/api/batches/" + id + "/items";

        JsonNode page = json(running.get(items + "?limit=2"));
        assertThat(page.get("items")).hasSize(2);
        JsonNode rest = json(
                running.get(items + "?limit=2&cursor=" + page.get("nextCursor").asText()));
        assertThat(rest.get("items")).hasSize(1);
        assertThat(rest.get("nextCursor").isNull()).isTrue();

        assertThat(json(running.get(items + "?status=failed")).get("items")).hasSize(1);
        assertThat(json(running.get(items + "?code=timeout")).get("items")).hasSize(1);
        assertThat(json(running.get(items + "?code=poison")).get("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=done", "code=x", "cursor=-1", "limit=501"})
    void namesAParameterOfTheItemsThatIsWrong(String query) {
        BatchId id = running.submitted();
        assertProblem(running.get("/api/batches/" + id + "/items?" + query), 400, "invalid_parameter");
    }
}
