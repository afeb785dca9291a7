package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.webhook.DeliveryRoutes;
import dev.halftone.adapters.http.webhook.WebhookParts;
import dev.halftone.adapters.http.webhook.WebhookRoutes;
import dev.halftone.adapters.postgres.JdbiWebhookStore;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryResult;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The log of webhooks and their endpoints over HTTP, on a real database.
class WebhookRoutesTest {
    private static final String UNKNOWN = "00000000000000000000000000";

    private static Plant plant;
    private static RunningServer server;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        plant.node((item, compression) -> Plant.delivered(item));
        WebhookParts parts = new WebhookParts(
                plant.outbox,
                new JdbiWebhookStore(plant.database),
                plant.batches,
                new JdbiJobStore(plant.database, plant.queue, plant.queue, plant.random),
                new Links(RunningServer.PUBLIC),
                plant.random);
        server = new RunningServer(new DeliveryRoutes(parts)::addTo, new WebhookRoutes(parts)::addTo);
    }

    @AfterAll
    static void end() {
        server.close();
        plant.close();
    }

    @Test
    void tellsEveryDeliveryWithItsAttempts() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(503, Optional.empty(), "<b>not now</b>");
        BatchId batch = told("https://hooks.example/log?token=x", false);

        JsonNode page = RunningServer.json(server.get("/api/batches/" + batch + "/deliveries"));
        assertThat(page.get("nextCursor").isNull()).isTrue();
        JsonNode delivery = page.at("/deliveries/0");
        assertThat(delivery.get("type").asText()).isEqualTo("batch.completed");
        assertThat(delivery.get("status").asText()).isEqualTo("given_up");
        assertThat(delivery.get("messageId").asText())
                .isEqualTo("msg_" + delivery.get("deliveryId").asText());
        assertThat(delivery.get("url").asText()).isEqualTo("https://hooks.example/log?token=x");
        assertThat(delivery.get("nextAttemptAt").isNull()).isTrue();
        assertThat(delivery.get("attempts")).hasSize(3);
        JsonNode attempt = delivery.at("/attempts/0");
        assertThat(attempt.get("number").asInt()).isEqualTo(1);
        assertThat(attempt.get("status").asInt()).isEqualTo(503);
        assertThat(attempt.get("error").asText()).isEqualTo("http_status");
        assertThat(attempt.get("answer").asText()).isEqualTo("<b>not now</b>");
        assertThat(attempt.get("durationMs").asInt()).isNotNegative();
        assertThat(attempt.get("nextAttemptAt").asText()).endsWith("Z");
        assertThat(delivery.at("/attempts/2/nextAttemptAt").isNull()).isTrue();
        assertThat(page.toString()).doesNotContain("whsec_");

        plant.receiver = message -> new DeliveryResult.Accepted(200, "thanks");
        HttpResponse<String> replay = server.send(
                "POST", "/api/deliveries/" + delivery.get("deliveryId").asText() + "/replay");
        assertThat(replay.statusCode()).isEqualTo(202);
        assertThat(RunningServer.json(replay).get("status").asText()).isEqualTo("waiting");
        Awaitility.await().atMost(Plant.LIMIT).untilAsserted(() -> {
            JsonNode now = RunningServer.json(
                    server.get("/api/deliveries/" + delivery.get("deliveryId").asText()));
            assertThat(now.get("status").asText()).isEqualTo("delivered");
            assertThat(now.at("/attempts/3/error").isNull()).isTrue();
        });
    }

    @Test
    void leadsFromPageToPage() throws Exception {
        plant.receiver = message -> new DeliveryResult.Accepted(200);
        BatchId batch = told("https://hooks.example/pages", true);
        List<String> types = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    RunningServer.json(server.get("/api/batches/" + batch + "/deliveries?limit=3&cursor=" + cursor));
            page.get("deliveries").forEach(each -> types.add(each.get("type").asText()));
            cursor = page.get("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));

        assertThat(types).containsExactly("batch.progress", "batch.progress", "batch.progress", "batch.completed");
    }

    @Test
    void saysWhatToDoAboutADisabledEndpoint() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(410, Optional.empty());
        BatchId batch = told("https://hooks.example/gone", false);
        JsonNode delivery = RunningServer.json(server.get("/api/batches/" + batch + "/deliveries"))
                .at("/deliveries/0");
        String replay = "/api/deliveries/" + delivery.get("deliveryId").asText() + "/replay";
        String endpoint = "/api/webhooks/" + delivery.get("endpointId").asText();
        assertThat(delivery.get("endpointStatus").asText()).isEqualTo("disabled");

        JsonNode problem = assertProblem(server.send("POST", replay), 409, "endpoint_disabled");
        assertThat(problem.get("detail").asText()).contains("?enable=true").contains(endpoint);
        JsonNode disabled = RunningServer.json(server.get(endpoint));
        assertThat(disabled.get("status").asText()).isEqualTo("disabled");
        assertThat(disabled.get("disabledReason").asText()).isEqualTo("gone");
        assertThat(disabled.get("explanation").asText()).contains("410").contains(endpoint + "/enable");
        assertThat(ids(server.get("/api/webhooks?status=disabled")))
                .contains(delivery.get("endpointId").asText());
        assertThat(ids(server.get("/api/webhooks?status=active")))
                .doesNotContain(delivery.get("endpointId").asText());

        plant.receiver = message -> new DeliveryResult.Accepted(200);
        assertThat(server.send("POST", replay + "?enable=true").statusCode()).isEqualTo(202);
        JsonNode enabled = RunningServer.json(server.send("POST", endpoint + "/enable"));
        assertThat(enabled.get("status").asText()).isEqualTo("active");
        assertThat(enabled.has("disabledAt")).isFalse();
    }

    @Test
    void showsANewSecretOnceAndNoOther() throws Exception {
        plant.receiver = message -> new DeliveryResult.Accepted(200);
        BatchId batch = told("https://hooks.example/rotated", false);
        Delivery delivery = plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst();
        String endpoint = "/api/webhooks/" + delivery.webhook();

        HttpResponse<String> rotated = server.send("POST", endpoint + "/rotate");
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(rotated.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(RunningServer.json(rotated).get("webhookSecret").asText())
                .startsWith("whsec_")
                .isNotEqualTo(delivery.secrets().getFirst());
        assertThat(rotated.body()).doesNotContain(delivery.secrets().getFirst());
        assertThat(RunningServer.json(rotated).get("oldSecretUntil").asText()).endsWith("Z");
        assertThat(server.get(endpoint).body()).doesNotContain("whsec_");
        assertThat(server.get("/api/webhooks").body()).doesNotContain("whsec_");

        for (int i = 0; i < 3; i++) {
            assertThat(server.send("POST", endpoint + "/rotate").statusCode()).isEqualTo(200);
        }
        assertProblem(server.send("POST", endpoint + "/rotate"), 409, "too_many_rotations");
        assertThat(RunningServer.json(server.send("POST", endpoint + "/rotate?keepOld=false"))
                        .get("oldSecretUntil")
                        .isNull())
                .isTrue();
    }

    @Test
    void knowsNoOthers() {
        assertProblem(server.get("/api/batches/" + UNKNOWN + "/deliveries"), 404, "not_found");
        assertProblem(server.get("/api/jobs/" + UNKNOWN + "/deliveries"), 404, "not_found");
        assertProblem(server.get("/api/deliveries/" + UNKNOWN), 404, "not_found");
        assertProblem(server.send("POST", "/api/deliveries/nonsense/replay"), 404, "not_found");
        assertProblem(server.get("/api/webhooks/" + UNKNOWN), 404, "not_found");
        assertProblem(server.send("POST", "/api/webhooks/" + UNKNOWN + "/enable"), 404, "not_found");
        assertProblem(server.send("POST", "/api/webhooks/" + UNKNOWN + "/rotate"), 404, "not_found");
        assertProblem(server.get("/api/webhooks?status=broken"), 400, "invalid_parameter");
        assertProblem(server.get("/api/webhooks?cursor=broken"), 400, "invalid_parameter");
    }

    private static List<String> ids(HttpResponse<String> page) {
        List<String> ids = new ArrayList<>();
        RunningServer.json(page)
                .get("webhooks")
                .forEach(each -> ids.add(each.get("endpointId").asText()));
        return ids;
    }

    /// A batch whose webhook was told, or not, for good.
    private static BatchId told(String webhook, boolean progress) throws Exception {
        BatchId batch = plant.submit(Plant.told(webhook, progress), 4, i -> List.of("https://img.example/" + i));
        Awaitility.await().atMost(Plant.LIMIT).until(() -> {
            List<Delivery> all = plant.outbox.ofBatch(Owner.LOCAL, batch);
            return !all.isEmpty()
                    && all.getLast().type().equals("batch.completed")
                    && all.stream().noneMatch(each -> each.state() == Delivery.State.WAITING);
        });
        return batch;
    }
}
