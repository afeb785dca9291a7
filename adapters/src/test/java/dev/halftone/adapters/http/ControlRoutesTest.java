package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.http.control.ControlParts;
import dev.halftone.adapters.http.control.ControlRoutes;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.batch.PurgeOld;
import dev.halftone.domain.failure.FailureCode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Cancelling, trying again and deleting over HTTP, on a real database.
class ControlRoutesTest {
    private static final String UNKNOWN = "/api/batches/00000000000000000000000000";

    private static Plant plant;
    private static RunningServer server;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        JdbiBatchControl control = new JdbiBatchControl(plant.database, plant.queue, plant.queue, plant.random);
        PurgeBatch purge =
                new PurgeBatch(plant.batches, control, new MapObjectStore(URI.create("https://out.example")));
        server = new RunningServer(new ControlRoutes(new ControlParts(
                control,
                purge,
                new PurgeOld(control, purge, InstantSource.system()),
                new Links(RunningServer.PUBLIC),
                InstantSource.system()))::addTo);
    }

    @AfterAll
    static void end() {
        server.close();
        plant.close();
    }

    private static String path(BatchId id) {
        return "/api/batches/" + id;
    }

    private static HttpResponse<String> retry(BatchId id, String body) {
        return server.postCsv(path(id) + "/retry", body, "Content-Type", "application/json");
    }

    @Test
    void answersACancelledBatchWithItsStatus() throws Exception {
        BatchId id = plant.submit(30);

        HttpResponse<String> answer = server.send("POST", path(id) + "/cancel");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(RunningServer.json(answer).get("status").asText()).isEqualTo("cancelled");
        assertThat(RunningServer.json(answer).at("/counts/cancelled").asInt()).isEqualTo(30);
        HttpResponse<String> again = retry(id, "{}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(RunningServer.json(again).get("code").asText()).isEqualTo("batch_cancelled");
    }

    @Test
    void triesAgainAllOrByCode() throws Exception {
        BatchId id;
        try (var node = plant.node((item, recipe) ->
                Plant.failed(item.ordinal() == 0 ? FailureCode.TOO_LARGE : FailureCode.NOT_AN_IMAGE))) {
            id = plant.submit(4);
            plant.awaitEnd(id);
        }

        JsonNode some = RunningServer.json(retry(id, "{\"codes\":[\"too_large\"]}"));
        JsonNode all = RunningServer.json(server.send("POST", path(id) + "/retry"));

        assertThat(some.get("retried").asInt()).isEqualTo(1);
        assertThat(some.at("/batch/status").asText()).isEqualTo("processing");
        assertThat(some.at("/batch/counts/pending").asInt()).isEqualTo(1);
        assertThat(all.get("retried").asInt()).isEqualTo(3);
    }

    @Test
    void namesTheCodesThatThereAre() throws Exception {
        BatchId id = plant.submit(1);

        for (String body : new String[] {"{\"codes\":[\"bad\"]}", "{\"codes\":\"timeout\"}", "{\"code\":[]}", "[]"}) {
            HttpResponse<String> answer = retry(id, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
        }
        assertThat(retry(id, "{\"codes\":[\"bad\"]}").body()).contains("connect_failed");
    }

    @Test
    void deletesABatchAtOnce() throws Exception {
        BatchId id = plant.submit(10);

        HttpResponse<String> answer = server.send("DELETE", path(id));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(server.send("DELETE", path(id)).statusCode()).isEqualTo(404);
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.database.read(handle -> handle.createQuery("select count(*) from batch where id = ?")
                                .bind(0, id.toString())
                                .mapTo(Integer.class)
                                .one())
                        == 0);
    }

    /// As a browser's forms send it.
    @Test
    void theFormsOfThePageLeadBack() throws Exception {
        BatchId id = plant.submit(5);

        HttpResponse<String> cancelled = server.send("POST", "/batches/" + id + "/cancel");
        HttpResponse<String> retried = server.send("POST", "/batches/" + id + "/retry");
        HttpResponse<String> deleted = server.send("POST", "/batches/" + id + "/delete");

        assertThat(cancelled.statusCode()).isEqualTo(303);
        assertThat(cancelled.headers().firstValue("Location")).contains("/batches/" + id);
        assertThat(retried.statusCode()).isEqualTo(303);
        assertThat(deleted.headers().firstValue("Location")).contains("/batches");
        assertThat(server.send("POST", "/batches/" + id + "/delete").statusCode())
                .isEqualTo(404);
        assertThat(server.send("POST", "/batches/" + id + "/delete", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void knowsNothingOfABatchThatIsNotThere() {
        assertThat(server.send("POST", UNKNOWN + "/cancel").statusCode()).isEqualTo(404);
        assertThat(server.send("POST", UNKNOWN + "/retry").statusCode()).isEqualTo(404);
        assertThat(server.send("DELETE", UNKNOWN).statusCode()).isEqualTo(404);
        assertThat(server.send("DELETE", "/api/batches/x").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> purge(String body) {
        return server.postCsv("/api/batches/purge", body, "Content-Type", "application/json");
    }

    @Test
    void purgesOldBatchesWithACount() throws Exception {
        BatchId old;
        BatchId young;
        try (var node = plant.node((item, recipe) -> Plant.delivered(item))) {
            old = plant.submit(3);
            young = plant.submit(1);
            plant.awaitEnd(old);
            plant.awaitEnd(young);
        }
        plant.database.transaction(handle ->
                handle.execute("update batch set finished = now() - interval '31 days' where id = ?", old.toString()));

        JsonNode would = RunningServer.json(purge("{\"olderThan\":\"30d\",\"dryRun\":true}"));
        assertThat(would.toString()).isEqualTo("{\"purged\":1,\"objects\":4,\"deleting\":0,\"dryRun\":true}");
        HttpResponse<String> answer = purge("{\"olderThan\":\"30d\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"purged\":1,\"objects\":4,\"deleting\":0,\"dryRun\":false}");
        assertThat(plant.batches.find(Owner.LOCAL, old)).isEmpty();
        assertThat(plant.batches.find(Owner.LOCAL, young)).isPresent();
    }

    @Test
    void purgesNothingWithoutBeingToldHowOld() {
        for (String body : new String[] {
            "{}",
            "{\"olderThan\":\"0\"}",
            "{\"olderThan\":\"a month\"}",
            "{\"olderThan\":30}",
            "{\"olderThan\":\"1d\",\"status\":\"failed\"}",
            "{\"olderThan\":\"1d\",\"dryRun\":\"yes\"}"
        }) {
            assertThat(purge(body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(purge("{}").body()).contains("such as 30d");
    }
}
