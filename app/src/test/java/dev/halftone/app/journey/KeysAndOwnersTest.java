package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.access.AccessTable;
import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.app.wiring.KeyRing;
import dev.halftone.domain.access.KeyStore;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.access.SecretToken;
import dev.halftone.domain.identity.PublicId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may see what, over the routes that the service really has, with a real PostgreSQL: keys, owners,
/// sessions, rates and quotas.
class KeysAndOwnersTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path data;

    private static RunningHalftone running;
    private static ImageHost host;
    private static String base;
    private static String aliceKey;
    private static Api alice;
    private static Api bob;
    private static Api nobody;
    private static Things things;

    /// Alice's, as they are named most.
    private static String batch = "";
    private static String image = "";

    @BeforeAll
    static void start() throws Exception {
        running = new RunningHalftone(data, Map.of("HALFTONE_API_KEYS", "required"));
        host = running.host();
        base = running.base();
        aliceKey = key("alice", 0, 0);
        alice = with(aliceKey);
        bob = with(key("bob", 0, 0));
        nobody = running.api();
        things = Things.made(alice, host, "Cup");
        batch = things.batch();
        image = things.image();
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static Api with(String key) {
        return new Api(base, "Authorization", "Bearer " + key);
    }

    private static String key(String name, int rate, long quota) throws Exception {
        SecretToken token = SecretToken.random(SecretToken.Kind.KEY, RANDOM);
        try (KeyRing ring = KeyRing.open(running.config())) {
            assertThat(ring.keys()
                            .create(new KeyStore.NewKey(
                                    name, new Owner(name), token, OptionalInt.of(rate), OptionalLong.of(quota))))
                    .isPresent();
        }
        return token.text();
    }

    private static String csv(String... paths) {
        return "S. No.,Product Name,Input Image Urls\n"
                + Arrays.stream(paths).map(path -> "1,Cup," + host.url(path)).collect(Collectors.joining("\n")) + "\n";
    }

    private static String uploaded(Api api) throws Exception {
        return api.upload(Pictures.png(20, 10, 1)).get("imageId").asText();
    }

    private static List<LiveRoutes.Route> routes(Access access) {
        return running.routes().stream()
                .filter(route -> route.access() == access && !route.method().equals("WS"))
                .toList();
    }

    private static HttpResponse<String> ask(Api api, LiveRoutes.Route route, String id) throws Exception {
        String path = route.path().replace("{id}", id);
        return switch (route.method()) {
            case "GET", "HEAD" -> api.send(route.method(), path, "text/plain", "");
            default ->
                path.startsWith("/images/")
                        ? api.send(
                                route.method(),
                                path,
                                "application/x-www-form-urlencoded",
                                "operations=%5B%7B%22operation%22%3A%22grayscale%22%7D%5D")
                        : api.send(
                                route.method(),
                                path,
                                "application/json",
                                route.path().endsWith("process") ? Things.PIPELINE : "{}");
        };
    }

    @Test
    void theTableHoldsEveryRouteAndNoOther() {
        Set<String> live = running.routes().stream()
                .filter(route -> !route.method().equals("HEAD"))
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());

        assertThat(live).containsExactlyInAnyOrderElementsOf(AccessTable.all().keySet());
    }

    @Test
    void refusesWhoShowsNoKeyOnEveryRouteThatNeedsOne() throws Exception {
        assertThat(routes(Access.KEY)).hasSizeGreaterThan(30);
        for (LiveRoutes.Route route : routes(Access.KEY)) {
            HttpResponse<String> answer = ask(nobody, route, things.of(route.path()));
            assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"halftone\"");
            if (!route.method().equals("HEAD")) {
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/problem+json");
                assertThat(Api.json(answer).get("code").asText()).isEqualTo("unauthorized");
            }
        }
    }

    @Test
    void refusesWhatIsNoKey() throws Exception {
        String changed = aliceKey.substring(0, aliceKey.length() - 1) + (aliceKey.endsWith("0") ? "1" : "0");
        for (String wrong : List.of(changed, "hft_", aliceKey.toUpperCase(java.util.Locale.ROOT), "x")) {
            HttpResponse<String> answer = with(wrong).get("/api/batches");
            assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("invalid_token");
        }
        assertThat(nobody.get("/api/batches?key=" + aliceKey + "&api_key=" + aliceKey)
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/api/batches", "X-Api-Key", aliceKey).statusCode())
                .isEqualTo(200);
        assertThat(nobody.get("/api/batches", "Authorization", "bearer " + aliceKey)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void leadsABrowserToTheLogInFromEveryPage() throws Exception {
        for (LiveRoutes.Route route : routes(Access.PAGE)) {
            HttpResponse<String> answer = ask(nobody, route, things.of(route.path()));
            if (route.method().equals("POST")) {
                assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
            } else {
                assertThat(answer.statusCode()).as(route.toString()).isEqualTo(303);
                assertThat(answer.headers().firstValue("Location").orElseThrow())
                        .startsWith("/login");
                assertThat(answer.body()).isEmpty();
            }
        }
    }

    /// The cookie is not sent where a link of another site leads here; it is when the page loads itself again.
    @Test
    void asksABrowserThatComesFromElsewhereToLoadThePageAgain() throws Exception {
        HttpResponse<String> from = nobody.get("/batches", "Sec-Fetch-Site", "cross-site");
        assertThat(from.statusCode()).isEqualTo(200);
        assertThat(from.body()).contains("http-equiv=\"refresh\"").doesNotContain(batch);
        assertThat(nobody.get("/batches?cursor=x", "Sec-Fetch-Site", "same-origin")
                        .headers()
                        .firstValue("Location"))
                .hasValue("/login?next=%2Fbatches%3Fcursor%3Dx");
    }

    /// D27 of the test plan: whoever asks for somebody else's thing is told what one is told who asks for
    /// nothing.
    @Test
    void answersForeignIdsAsUnknownOnesOnEveryRoute() throws Exception {
        List<LiveRoutes.Route> walked = running.routes().stream()
                .filter(route -> route.path().contains("{id}")
                        && !route.method().equals("WS")
                        && (route.access() == Access.KEY || route.access() == Access.PAGE))
                .toList();
        assertThat(walked).hasSizeGreaterThan(35);
        String unknown = PublicId.random(RANDOM).value();

        for (LiveRoutes.Route route : walked) {
            HttpResponse<String> foreign = ask(bob, route, things.of(route.path()));
            HttpResponse<String> none = ask(bob, route, unknown);
            assertThat(foreign.statusCode()).as("%s: %s", route, foreign.body()).isEqualTo(404);
            assertThat(none.statusCode()).isEqualTo(404);
            assertThat(foreign.body()).as(route.toString()).isEqualTo(none.body());
            assertThat(names(foreign)).as(route.toString()).isEqualTo(names(none));
        }
        HttpResponse<String> original = bob.get("/download/" + image);
        assertThat(original.statusCode()).isEqualTo(404);
        assertThat(original.body()).isEqualTo(bob.get("/download/" + unknown).body());

        for (LiveRoutes.Route route : walked) {
            if (route.method().equals("GET")) {
                int own = route.path().endsWith("/events") || route.path().endsWith("/text")
                        ? 200
                        : ask(alice, route, things.of(route.path())).statusCode();
                assertThat(own).as("still hers: %s", route).isEqualTo(200);
            }
        }
        assertThat(alice.json("/api/webhooks/" + things.endpoint())
                        .get("status")
                        .asText())
                .isEqualTo("active");
    }

    private static Set<String> names(HttpResponse<String> answer) {
        return new TreeSet<>(answer.headers().map().keySet());
    }

    @Test
    void takesNoForeignImageInABodyEither() throws Exception {
        String unknown = PublicId.random(RANDOM).value();
        String own = uploaded(bob);

        for (String body : List.of(
                "{\"imageId\":\"%s\",\"operations\":[{\"operation\":\"grayscale\"}]}",
                "{\"imageId\":\"" + own + "\",\"operations\":[{\"operation\":\"watermark\",\"imageId\":\"%s\"}]}")) {
            HttpResponse<String> foreign = bob.post("/process", "application/json", body.formatted(image));
            HttpResponse<String> none = bob.post("/process", "application/json", body.formatted(unknown));
            assertThat(foreign.statusCode()).isEqualTo(none.statusCode()).isBetween(400, 422);
            assertThat(foreign.body().replace(image, "ID"))
                    .isEqualTo(none.body().replace(unknown, "ID"));
            assertThat(bob.post("/process", "application/json", body.formatted(own))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void listsShowWhatIsOnesOwnAndNothingByAForeignCursor() throws Exception {
        uploaded(bob);
        String bobs = Api.json(bob.submit(csv("/a.jpg"), "?webhookUrl=" + host.url("/bob")))
                .get("requestId")
                .asText();

        assertThat(bob.json("/api/batches").findValuesAsText("requestId"))
                .contains(bobs)
                .doesNotContain(batch);
        assertThat(alice.json("/api/batches").findValuesAsText("requestId"))
                .contains(batch)
                .doesNotContain(bobs);
        assertThat(alice.get("/batches").body()).contains(batch).doesNotContain(bobs);
        assertThat(alice.json("/api/batches?cursor=" + bobs).get("batches")).isEmpty();
        assertThat(bob.json("/api/webhooks").findValuesAsText("endpointId"))
                .isNotEmpty()
                .doesNotContain(things.endpoint());
        assertThat(bob.json("/api/webhooks?cursor=" + things.endpoint()).get("webhooks"))
                .isEmpty();
        assertThat(alice.json("/api/images/" + image + "/similar?distance=64").get("similar"))
                .isEmpty();
    }

    @Test
    void ownersDoNotShareIdempotencyKeysNorWebhookSecrets() throws Exception {
        String[] key = {"Idempotency-Key", "the-same"};
        JsonNode first =
                Api.json(alice.post("/api/batches?webhookUrl=" + host.url("/shared"), "text/csv", csv("/a.jpg"), key));
        JsonNode second =
                Api.json(bob.post("/api/batches?webhookUrl=" + host.url("/shared"), "text/csv", csv("/a.jpg"), key));

        assertThat(second.get("requestId")).isNotEqualTo(first.get("requestId"));
        assertThat(second.get("webhookSecret").asText())
                .startsWith("whsec_")
                .isNotEqualTo(first.get("webhookSecret").asText());
    }

    @Test
    void showsPicturesToWhoeverHasTheirAddress() throws Exception {
        assertThat(nobody.get("/images/" + image + "?w=10").statusCode()).isEqualTo(200);
        assertThat(nobody.get("/images/" + image, "Accept", "text/html")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("image/png");
        String output = alice.json("/api/batches/" + batch + "/items")
                .at("/items/0/outputUrl")
                .asText();
        assertThat(nobody.get(output).statusCode()).isEqualTo(200);
        assertThat(nobody.get("/files/uploads/" + batch + ".csv").statusCode()).isEqualTo(404);
        assertThat(nobody.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void letsPeopleInWithASessionThatIsNotTheKey() throws Exception {
        String form = "application/x-www-form-urlencoded";
        HttpResponse<String> shown = nobody.get("/login?next=%2Fbatches%2F" + batch);
        assertThat(shown.body()).contains("value=\"/batches/" + batch + "\"", "type=\"password\"");

        HttpResponse<String> wrong = nobody.send("POST", "/login", form, "key=hft_no&next=/batches");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("no key of this service");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();

        HttpResponse<String> in = nobody.send("POST", "/login", form, "key=" + aliceKey + "&next=/batches/" + batch);
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).hasValue("/batches/" + batch);
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=43200")
                .doesNotContain(aliceKey)
                .doesNotContain(aliceKey.substring(4));
        String session = cookie.substring(0, cookie.indexOf(';'));

        assertThat(nobody.get("/batches/" + batch, "Cookie", session).body()).contains("Log out");
        assertThat(nobody.get("/images/" + image, "Cookie", session, "Accept", "text/html")
                        .body())
                .contains("<html");
        assertThat(nobody.get("/api/batches/" + batch + "/output.csv", "Cookie", session)
                        .statusCode())
                .isEqualTo(200);
        assertThat(nobody.send("DELETE", "/api/batches/" + batch, form, "", "Cookie", session)
                        .statusCode())
                .as("a session reads the API and changes nothing there")
                .isEqualTo(401);
        assertThat(nobody.send(
                                "POST",
                                "/batches/" + batch + "/retry",
                                form,
                                "",
                                "Cookie",
                                session,
                                "Sec-Fetch-Site",
                                "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(nobody.send("POST", "/batches/" + batch + "/retry", form, "", "Cookie", session)
                        .statusCode())
                .isEqualTo(303);

        HttpResponse<String> out = nobody.send("POST", "/logout", form, "", "Cookie", session);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(nobody.get("/batches", "Cookie", session).statusCode()).isEqualTo(303);
    }

    @Test
    void aRevocationHoldsWithinSecondsForKeyAndSession() throws Exception {
        String key = key("leaving", 0, 0);
        Api leaving = with(key);
        HttpResponse<String> in = nobody.send(
                "POST", "/login", "application/x-www-form-urlencoded", "key=" + key + "&next=//evil.example");
        assertThat(in.headers().firstValue("Location")).hasValue("/");
        String session = in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(leaving.get("/api/batches").statusCode()).isEqualTo(200);
        assertThat(nobody.get("/batches", "Cookie", session).statusCode()).isEqualTo(200);

        try (KeyRing ring = KeyRing.open(running.config())) {
            assertThat(ring.keys().revoke("leaving")).isInstanceOf(KeyStore.Revocation.Revoked.class);
        }

        await().atMost(Duration.ofSeconds(10))
                .until(() -> leaving.get("/api/batches").statusCode() == 401);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> nobody.get("/batches", "Cookie", session).statusCode() == 303);
    }

    @Test
    void countsRequestsAgainstTheRateOfAKey() throws Exception {
        Api slow = with(key("slow", 3, 0));
        for (int i = 0; i < 3; i++) {
            assertThat(slow.get("/api/batches").statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = slow.get("/api/batches");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Api.json(refused).get("code").asText()).isEqualTo("rate_exceeded");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 20);
        assertThat(alice.get("/api/batches").statusCode()).isEqualTo(200);
    }

    @Test
    void countsImagesAgainstTheQuotaOfAKeyAndStoresNothingBeyond() throws Exception {
        Api small = with(key("small", 0, 3));
        assertThat(small.submit(csv("/a.jpg", "/a.jpg"), "").statusCode()).isEqualTo(202);

        HttpResponse<String> refused = small.submit(csv("/a.jpg", "/a.jpg"), "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Api.json(refused).get("code").asText()).isEqualTo("quota_exceeded");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 86_401);
        assertThat(small.submit(csv("/a.jpg", "/a.jpg"), "?dryRun=true").statusCode())
                .isEqualTo(200);
        uploaded(small);
        assertThat(small.submit(csv("/a.jpg"), "").statusCode()).isEqualTo(429);
        assertThat(small.json("/api/batches").get("batches")).hasSize(1);
    }

    @Test
    void aWebSocketIsOpenedToItsOwnerAlone() throws Exception {
        assertThat(closeCode(bob)).isEqualTo(4404);
        assertThat(closeCode(alice)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThatThrownBy(() -> closeCode(nobody))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }

    private static int closeCode(Api api) throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < api.always().length; i += 2) {
            builder.header(api.always()[i], api.always()[i + 1]);
        }
        builder.buildAsync(
                        URI.create(base.replaceFirst("^http", "ws") + "/api/jobs/" + things.job() + "/events"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                closed.complete(code);
                                return CompletableFuture.completedFuture(null);
                            }
                        })
                .get(20, TimeUnit.SECONDS);
        return closed.get(20, TimeUnit.SECONDS);
    }
}
