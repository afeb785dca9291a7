package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver's life with Halftone: progress, a refusal, the log, another secret, and the same again.
class WebhookJourneyTest {
    @TempDir
    static Path data;

    private static RunningHalftone running;
    private static ImageHost host;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        running = new RunningHalftone(data, Map.of());
        host = running.host();
        api = running.api();
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void tellsProgressAndTheEndThroughARefusalAndANewSecret() throws Exception {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < 8; i++) {
            host.put("/" + i + ".jpg", Pictures.jpeg(40, 30, i));
            csv.append(i).append(",P,").append(host.url("/" + i + ".jpg")).append('\n');
        }
        JsonNode submitted = Api.json(
                api.submit(csv.toString(), "?webhookProgress=true&webhookUrl=" + host.url("/hook/refuse/1/life")));
        String batch = "/api/batches/" + submitted.get("requestId").asText();
        String first = submitted.get("webhookSecret").asText();

        await().atMost(Duration.ofSeconds(60)).until(() -> delivered(batch) == 4);

        assertThat(host.hooks()).hasSize(5).allMatch(hook -> signatures(hook).equals(List.of(signed(first, hook))));
        assertThat(sequences()).containsExactly(1, 2, 3, 4);
        JsonNode refused = refused(api.json(batch + "/deliveries"));
        assertThat(refused.at("/attempts/0/status").asInt()).isEqualTo(503);
        assertThat(refused.at("/attempts/1/status").asInt()).isEqualTo(204);

        String endpoint = "/api/webhooks/" + refused.get("endpointId").asText();
        String second = Api.json(api.post(endpoint + "/rotate", "text/plain", ""))
                .get("webhookSecret")
                .asText();
        assertThat(api.post("/api/deliveries/" + refused.get("deliveryId").asText() + "/replay", "text/plain", "")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(30)).until(() -> host.hooks().size() == 6);
        ImageHost.Hook again = host.hooks().stream().toList().getLast();
        assertThat(again.id()).isEqualTo(refused.get("messageId").asText());
        assertThat(signatures(again)).containsExactly(signed(second, again), signed(first, again));
    }

    private static long delivered(String batch) throws Exception {
        return api.json(batch + "/deliveries")
                .get("deliveries")
                .valueStream()
                .filter(each -> each.get("status").asText().equals("delivered"))
                .count();
    }

    private static JsonNode refused(JsonNode log) {
        return log.get("deliveries")
                .valueStream()
                .filter(each -> each.get("attempts").size() == 2)
                .findFirst()
                .orElseThrow();
    }

    private static TreeSet<Integer> sequences() {
        return host.hooks().stream()
                .map(hook -> {
                    try {
                        return new ObjectMapper()
                                .readTree(hook.body())
                                .at("/data/sequence")
                                .asInt();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> signatures(ImageHost.Hook hook) {
        return List.of(hook.signature().split(" "));
    }

    private static String signed(String secret, ImageHost.Hook hook) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String content = hook.id() + "." + hook.timestamp() + "." + hook.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
