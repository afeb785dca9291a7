package dev.halftone.app.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.identity.PublicId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// D26 of the test plan, and what else holds for every route: the table that is walked is the running server's
/// own, so a route that is added falls under all of it.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileClientsTest {
    private static final String PIPELINE = "{\"operations\":[{\"operation\":\"grayscale\"}]}";
    private static final String SECRET = "canary-7d1f";
    private static final String FORM = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\""
            + "\r\n\r\n%s\r\n--b--\r\n";

    /// A step out of a folder, in every spelling, and what ends a name early.
    private static final List<String> TRAVERSALS = List.of(
            "..",
            "../..",
            "%2e%2e",
            "%2E%2E/",
            "..%2f",
            "..%2f..%2f..%2fcanary.txt",
            "%2e%2e%2f%2e%2e%2fcanary.txt",
            "..%5c..%5ccanary.txt",
            "..\\..\\canary.txt",
            "%252e%252e%252fcanary.txt",
            "..;/canary.txt",
            "%c0%ae%c0%ae%c0%afcanary.txt",
            "....//canary.txt",
            "a%00",
            "canary.txt%00.jpg",
            "%2fetc%2fpasswd",
            "/etc/passwd",
            "file:%2f%2f%2fetc%2fpasswd",
            "C:%5cwindows");

    @TempDir
    static Path data;

    private static ImageHost host;
    private static Halftone halftone;
    private static RawClient raw;
    private static Api api;
    private static String base;
    private static String batch = "";
    private static String image = "";
    private static String job = "";
    private static String delivery = "";
    private static String endpoint = "";
    private static String output = "";
    private static String stylesheet = "";

    @BeforeAll
    static void start() throws Exception {
        host = new ImageHost();
        host.put("/a.jpg", Pictures.jpeg(64, 48, 1));
        Files.writeString(data.resolve("canary.txt"), SECRET);
        halftone = Halftone.forService(ConfigReader.read(Environment.read(
                Map.of(
                        "HALFTONE_PORT", "0",
                        "HALFTONE_DATA_DIR", data.toString(),
                        "HALFTONE_FETCH_ALLOW", "127.0.0.1",
                        "HALFTONE_OUTBOUND_ALLOW", "127.0.0.1"),
                Map.of(),
                data)));
        halftone.startWorker();
        base = halftone.startServer();
        raw = new RawClient(URI.create(base).getPort());
        api = new Api(base);
        JsonNode submitted = Api.json(api.submit(csv(SECRET), "?duplicates=true&webhookUrl=" + host.url("/hook")));
        batch = submitted.get("requestId").asText();
        image = new ObjectMapper()
                .readTree(raw.send("POST /api/images HTTP/1.1\r\nHost: localhost\r\n", Pictures.png(20, 10, 1))
                        .body())
                .get("imageId")
                .asText();
        job = Api.json(api.post(
                        "/api/images/" + image + "/process",
                        "application/json",
                        PIPELINE.replaceFirst("}$", ",\"async\":true}")))
                .get("jobId")
                .asText();
        api.awaitEnd(batch);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.json("/api/jobs/" + job).get("status").asText().equals("done"));
        JsonNode told = api.json("/api/batches/" + batch + "/deliveries").at("/deliveries/0");
        delivery = told.get("deliveryId").asText();
        endpoint = told.get("endpointId").asText();
        output = URI.create(api.json("/api/batches/" + batch + "/items")
                        .at("/items/0/outputUrl")
                        .asText())
                .getPath()
                .substring("/files/".length());
        Matcher css = Pattern.compile("/assets/([a-z0-9-]+\\.css)")
                .matcher(api.get("/").body());
        assertThat(css.find()).isTrue();
        stylesheet = css.group(1);
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
        if (halftone != null) {
            halftone.close();
        }
        if (host != null) {
            host.close();
        }
    }

    private static String csv(String name) {
        return "S. No.,Product Name,Input Image Urls\n1," + name + "," + host.url("/a.jpg") + "\n";
    }

    /// All routes but WebSockets, those last that end what others show.
    private static List<LiveRoutes.Route> routes() {
        List<LiveRoutes.Route> routes = new ArrayList<>(halftone.routes());
        routes.removeIf(route -> route.method().equals("WS"));
        routes.sort(Comparator.comparing(route -> !route.method().matches("GET|HEAD")
                ? 1 + (route.method().equals("DELETE") || route.path().matches(".*(delete|purge)$") ? 1 : 0)
                : 0));
        return routes;
    }

    private static boolean hasParameter(LiveRoutes.Route route) {
        return route.path().contains("{") || route.path().contains("<");
    }

    private static String path(LiveRoutes.Route route, String value) {
        return route.path().replaceAll("[{<][a-z]+[}>]", Matcher.quoteReplacement(value));
    }

    /// What a path's parameter stands for, as there is one.
    private static String known(String path) {
        if (path.contains("webhooks")) {
            return endpoint;
        }
        if (path.startsWith("/api/deliveries")) {
            return delivery;
        }
        if (path.startsWith("/assets")) {
            return stylesheet;
        }
        if (path.startsWith("/files")) {
            return output;
        }
        if (path.startsWith("/fetch")) {
            return Api.encoded(host.url("/a.jpg"));
        }
        return path.contains("jobs") || path.contains("download") ? job : path.contains("images") ? image : batch;
    }

    private static String head(LiveRoutes.Route route, String path, String... more) {
        StringBuilder head = new StringBuilder(route.method() + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : more) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    /// A request that the route is for, as far as is known.
    private static RawClient.Answer asked(LiveRoutes.Route route, String path) throws Exception {
        if (!route.method().equals("POST")) {
            return raw.send(head(route, path));
        }
        String type = "application/json";
        byte[] body = "{}".getBytes(UTF_8);
        switch (route.path()) {
            case "/api/batches", "/upload", "/processImages", "/api/upload" -> {
                type = "text/csv";
                body = csv("walk").getBytes(UTF_8);
            }
            case "/batches" -> {
                type = "multipart/form-data; boundary=b";
                body = FORM.formatted(csv("walk")).getBytes(UTF_8);
            }
            case "/api/images", "/pipeline" -> {
                type = "image/png";
                body = Pictures.png(20, 10, 1);
            }
            case "/api/images/{id}/process" -> body = PIPELINE.getBytes(UTF_8);
            case "/process" ->
                body = PIPELINE.replaceFirst("\\{", "{\"imageId\":\"" + image + "\",")
                        .getBytes(UTF_8);
            case "/api/batches/purge" -> body = "{\"olderThan\":\"30d\",\"dryRun\":true}".getBytes(UTF_8);
            case "/images/{id}/try" -> {
                type = "application/x-www-form-urlencoded";
                body = "operations=%5B%7B%22operation%22%3A%22grayscale%22%7D%5D".getBytes(UTF_8);
            }
            default -> {}
        }
        return raw.send(head(route, path, "Content-Type: " + type), body);
    }

    /// What holds for every answer there is.
    private static void check(String what, RawClient.Answer answer) throws IOException {
        assertThat(answer.header("Content-Security-Policy"))
                .as(what)
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "data:");
        assertThat(answer.headers().get("X-Content-Type-Options")).as(what).containsExactly("nosniff");
        assertThat(answer.headers().get("Referrer-Policy")).as(what).containsExactly("no-referrer");
        assertThat(answer.headers().get("X-Frame-Options")).as(what).containsExactly("DENY");
        assertThat(answer.headers().get("Cross-Origin-Resource-Policy"))
                .as(what)
                .hasSize(1);
        assertThat(answer.headers().get("Cache-Control")).as(what).hasSize(1);
        assertThat(answer.header("Server") + answer.header("X-Powered-By"))
                .as(what)
                .isEmpty();
        String type = answer.header("Content-Type").toLowerCase(java.util.Locale.ROOT);
        if (type.matches("text/.*|application/(.*json|javascript|xml).*")) {
            assertThat(type).as(what).matches(".*; ?charset=utf-8");
        }
        if (type.startsWith("text/html")) {
            assertThat(answer.body()).as(what).doesNotContainPattern("(?i)<script|<style|[\\s\"'](style|on[a-z]+)=");
        }
        if (type.startsWith("image/")) {
            assertThat(answer.header("Content-Security-Policy")).as(what).contains("sandbox");
        }
        if (answer.status() >= 400) {
            assertThat(answer.headers().get("Content-Type"))
                    .as(what)
                    .containsExactly("application/problem+json; charset=utf-8");
            if (!what.startsWith("HEAD")) {
                JsonNode problem = new ObjectMapper().readTree(answer.body());
                assertThat(problem.get("status").asInt()).as(what).isEqualTo(answer.status());
                assertThat(problem.get("type").asText()).startsWith("urn:halftone:problem:");
                assertThat(List.of(
                                problem.get("title").asText(),
                                problem.get("detail").asText()))
                        .noneMatch(String::isBlank);
                assertThat(problem.get("code").asText()).matches("[a-z0-9_]+");
                assertThat(answer.body()).as(what).doesNotContain("Exception", "\\tat ", "java.");
            }
        }
    }

    @Test
    @Order(8)
    void whatIsAskedForWell() throws Exception {
        int well = 0;
        for (LiveRoutes.Route route : routes()) {
            String path = path(route, known(route.path()));
            RawClient.Answer answer = asked(route, path);
            check(route.method() + " " + path, answer);
            well += answer.status() < 400 ? 1 : 0;
        }
        // The others find that a batch that has ended can't be cancelled, or miss a part that isn't installed.
        assertThat(well).isGreaterThan(routes().size() - 10);
    }

    @Test
    @Order(1)
    void whatIsNotThere() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            if (hasParameter(route) && !route.path().startsWith("/fetch")) {
                String path = path(route, PublicId.random(new SecureRandom()).value());
                RawClient.Answer answer = asked(route, path);
                check(route.method() + " " + path, answer);
                assertThat(answer.status()).as(route.toString()).isEqualTo(404);
            }
        }
        check("nothing", raw.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n"));
        for (LiveRoutes.Route route : halftone.routes()) {
            if (route.method().equals("WS")) {
                RawClient.Answer answer = raw.send("GET " + path(route, "unknown")
                        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
                check("WS " + route.path(), answer);
                assertThat(answer.status()).isBetween(400, 404);
            }
        }
    }

    @Test
    @Order(2)
    void methodsThatNoRouteTakes() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            String path = path(route, known(route.path()));
            for (String method : List.of("TRACE", "XYZZY")) {
                RawClient.Answer answer =
                        raw.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Echo: echo\r\n");
                check(method + " " + path, answer);
                assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
                assertThat(answer.header("Allow").split(", ")).contains(route.method());
                assertThat(answer.body()).doesNotContain("echo");
            }
        }
    }

    @Test
    @Order(3)
    void bodiesThatAreCompressed() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            if (!route.method().matches("GET|HEAD")) {
                String path = path(route, known(route.path()));
                RawClient.Answer answer =
                        raw.send(head(route, path, "Content-Encoding: gzip"), new byte[] {0x1f, (byte) 0x8b, 8});
                check(route.method() + " " + path, answer);
                assertThat(answer.status()).as(route.toString()).isEqualTo(415);
                assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
            }
        }
    }

    @Test
    @Order(4)
    void whatComesFromPagesOfOtherSites() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            if (!route.method().matches("GET|HEAD")) {
                String path = path(route, known(route.path()));
                for (String header : List.of(
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site",
                        "Origin: https://evil.example",
                        "Origin: null",
                        "Origin: http://x.evil.example")) {
                    RawClient.Answer answer = raw.send(head(route, path, header), "{}".getBytes(UTF_8));
                    check(route.method() + " " + path, answer);
                    assertThat(answer.status()).as(route + ", " + header).isEqualTo(403);
                }
            }
        }
    }

    @Test
    @Order(5)
    void whatNeverReachesARoute() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            String path = path(route, known(route.path()));
            expect(400, route.method() + " " + path + " HTTP/1.1\r\n");
            expect(400, route.method() + " " + path + "%zz HTTP/1.1\r\nHost: localhost\r\n");
            expect(400, head(route, path, "Content-Length: 1", "Content-Length: 2"));
            expect(414, route.method() + " " + path + "?" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n");
            expect(431, head(route, path, "X-Long: " + "x".repeat(9_000)));
        }
        expect(400, "\u0001\u0002\r\n");
        expect(400, "GET\r\n");
        expect(505, "GET / HTTP/9.9\r\nHost: localhost\r\n");
        expect(417, "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n");
        expect(400, "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rot13\r\n");
        assertThat(raw.send("GET /?" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n")
                        .body())
                .contains("8192 bytes");
    }

    private static void expect(int status, String head) throws IOException {
        RawClient.Answer answer = raw.send(head);
        // A HEAD that is malformed early is not yet known to be one.
        check((head.startsWith("HEAD ") && answer.body().isEmpty() ? "" : "not ") + head, answer);
        assertThat(answer.status()).as(head).isEqualTo(status);
    }

    @Test
    @Order(6)
    void stepsOutOfAFolder() throws Exception {
        int walked = 0;
        for (LiveRoutes.Route route : routes()) {
            if (!hasParameter(route)) {
                continue;
            }
            for (String step : TRAVERSALS) {
                List<String> values = route.path().contains("<")
                        ? List.of(step, known(route.path()) + "/" + step, step + "/" + output, "batches/" + step)
                        : List.of(step);
                for (String value : values) {
                    String path = path(route, value);
                    RawClient.Answer answer = asked(route, path);
                    check(route.method() + " " + path, answer);
                    assertThat(answer.status()).as(route.method() + " " + path).isBetween(400, 499);
                    assertThat(answer.body()).as(path).doesNotContain(SECRET, "root:");
                    walked++;
                }
            }
        }
        assertThat(walked).isGreaterThan(800);
        assertThat(Files.readString(data.resolve("canary.txt"))).isEqualTo(SECRET);
    }

    @Test
    @Order(7)
    void whatSomebodySaysToHaveForwarded() throws Exception {
        String forwarded = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
                + "X-Forwarded-Port: 6\r\nX-Forwarded-Prefix: /evil\r\nForwarded: for=6.6.6.6;host=evil.example;proto=https\r\n"
                + "X-Original-URL: /evil\r\nX-HTTP-Method-Override: DELETE\r\n";
        for (LiveRoutes.Route route : routes()) {
            if (route.method().equals("GET")) {
                String path = path(route, known(route.path()));
                RawClient.Answer plain = raw.send(head(route, path));
                RawClient.Answer answer = raw.send(head(route, path) + forwarded);
                assertThat(answer.body() + answer.headers()).as(path).doesNotContain("evil", "6.6.6.6");
                assertThat(answer.status()).as(path).isEqualTo(plain.status());
                assertThat(answer.header("Location")).isEqualTo(plain.header("Location"));
            }
        }
        JsonNode submitted = new ObjectMapper()
                .readTree(raw.send(
                                "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                        + forwarded,
                                csv("x").getBytes(UTF_8))
                        .body());
        assertThat(submitted.at("/links/self").asText()).startsWith(base + "/");
    }

    /// A page of another site whose name suddenly resolves to this machine.
    @Test
    @Order(8)
    void whoAsksForAnotherName() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            String path = path(route, known(route.path()));
            boolean guarded = route.access() == Access.KEY || route.access() == Access.PAGE;
            if (guarded) {
                for (String name : List.of("evil.example:8080", "127.0.0.1.evil.example", "x")) {
                    RawClient.Answer answer =
                            raw.send(head(route, path).replace("Host: localhost\r\n", "Host: " + name + "\r\n"));
                    check(route.method() + " " + path, answer);
                    assertThat(answer.status()).as(path).isEqualTo(421);
                }
                for (String name : !route.method().equals("GET")
                        ? List.<String>of()
                        : List.of("localhost:1", "[::1]:1", "127.0.0.1", "a.localhost")) {
                    RawClient.Answer answer =
                            raw.send(head(route, path).replace("Host: localhost\r\n", "Host: " + name + "\r\n"));
                    assertThat(answer.status()).as(path).isNotEqualTo(421);
                }
            }
        }
    }

    @Test
    @Order(9)
    void whatMakesNoSense() throws Exception {
        for (LiveRoutes.Route route : routes()) {
            if (route.method().equals("POST")) {
                for (String type : List.of(
                        "text/plain",
                        "application/json",
                        "multipart/form-data; boundary=b",
                        "application/x-www-form-urlencoded",
                        "nonsense")) {
                    String path = path(route, known(route.path()));
                    check(
                            route.method() + " " + path,
                            raw.send(
                                    head(route, path, "Content-Type: " + type, "Accept: application/json"),
                                    "}{".getBytes(UTF_8)));
                }
            } else if (route.method().equals("GET")) {
                String path =
                        path(route, known(route.path())) + "?limit=x&cursor=x&w=x&details=x&status=x&code=x&lang=x";
                check(route.method() + " " + path, raw.send(head(route, path)));
            }
        }
    }

    /// D28: nothing that somebody else may name is ever run or taken for markup, with the policy and without
    /// it.
    @Test
    @Order(10)
    void aBrowserRunsNothingThatSomebodyNamed() throws Exception {
        try (HostilePages pages = new HostilePages()) {
            List<String> payloads = pages.payloads();
            StringBuilder rows = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
            for (String payload : payloads) {
                rows.append("\"" + payload.replace("\"", "\"\"") + "\",\"x" + payload.replace("\"", "\"\"") + "\",\""
                        + host.url("/a.jpg?x=" + Api.encoded(payload)) + "\"\n");
            }
            StringBuilder bad = new StringBuilder(rows);
            payloads.forEach(
                    payload -> bad.append("1,x,\"" + host.url("/a.jpg?") + payload.replace("\"", "\"\"") + "\"\n"));
            String id = Api.json(api.submit(rows.toString(), "?name=" + Api.encoded(payloads.getFirst())))
                    .get("requestId")
                    .asText();
            for (String payload : payloads) {
                api.submit(csv("x"), "?dryRun=false&name=" + Api.encoded(payload));
            }
            api.awaitEnd(id);
            pages.add("batch", api.get("/batches/" + id).body());
            pages.add("batches", api.get("/batches").body());
            int n = 0;
            for (String payload : payloads) {
                String text = Api.encoded(payload);
                String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + payload.replaceAll("[\"\r\n]", "") + "\"\r\n\r\n" + (n == 0 ? bad : payload) + "\r\n--b\r\n"
                        + "Content-Disposition: form-data; name=\"name\"\r\n\r\n" + payload + "\r\n--b\r\n"
                        + "Content-Disposition: form-data; name=\"quality\"\r\n\r\n" + payload + "\r\n--b--\r\n";
                HttpResponse<String> page = switch (n % 3) {
                    case 0 -> api.post("/batches", "multipart/form-data; boundary=b", form);
                    case 1 -> api.post("/batches?" + text + "=1", "text/csv", csv("x"));
                    default -> api.get("/images/" + image + "/try?txt=" + text + "&w=" + text, "Accept", "text/html");
                };
                pages.add("page" + n++, page.body());
            }
            pages.add(
                    "problem",
                    api.get("/fetch/" + Api.encoded("http://x.example/<script>"), "Accept", "text/html")
                            .body());

            pages.look(data, base + "/batches/" + id);
        }
    }
}
