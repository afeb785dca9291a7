package dev.halftone.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.access.LiveRoutes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Requests that come from pages of other sites, that name another host, or that say to come through a proxy.
@ExtendWith(SharedRoutes.class)
class OtherSitesTest {
    private final EveryRoute routes;

    OtherSitesTest(EveryRoute routes) {
        this.routes = routes;
    }

    @Test
    void whatComesFromPagesOfOtherSites() throws Exception {
        for (LiveRoutes.Route route : routes.writing()) {
            String path = routes.path(route);
            for (String header : List.of(
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Origin: https://evil.example",
                    "Origin: null",
                    "Origin: http://x.evil.example")) {
                RawClient.Answer answer = routes.raw.send(EveryRoute.head(route, path, header), "{}".getBytes(UTF_8));
                SafeAnswer.check(route.method() + " " + path, answer);
                assertThat(answer.status()).as(route + ", " + header).isEqualTo(403);
            }
        }
    }

    @Test
    void whatSomebodySaysToHaveForwarded() throws Exception {
        String forwarded = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
                + "X-Forwarded-Port: 6\r\nX-Forwarded-Prefix: /evil\r\nForwarded: for=6.6.6.6;host=evil.example;proto=https\r\n"
                + "X-Original-URL: /evil\r\nX-HTTP-Method-Override: DELETE\r\n";
        for (LiveRoutes.Route route : routes.all()) {
            if (route.method().equals("GET")) {
                String path = routes.path(route);
                RawClient.Answer plain = routes.raw.send(EveryRoute.head(route, path));
                RawClient.Answer answer = routes.raw.send(EveryRoute.head(route, path) + forwarded);
                assertThat(answer.body() + answer.headers()).as(path).doesNotContain("evil", "6.6.6.6");
                assertThat(answer.status()).as(path).isEqualTo(plain.status());
                assertThat(answer.header("Location")).isEqualTo(plain.header("Location"));
            }
        }
        String head = "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n" + forwarded;
        JsonNode submitted = new ObjectMapper()
                .readTree(routes.raw.send(head, routes.csv("x").getBytes(UTF_8)).body());
        assertThat(submitted.at("/links/self").asText()).startsWith(routes.running.base() + "/");
    }

    /// A page of another site whose name suddenly resolves to this machine.
    @Test
    void whoAsksForAnotherName() throws Exception {
        for (LiveRoutes.Route route : routes.all()) {
            if (route.access() == Access.KEY || route.access() == Access.PAGE) {
                String path = routes.path(route);
                for (String name : List.of("evil.example:8080", "127.0.0.1.evil.example", "x")) {
                    RawClient.Answer answer = named(route, path, name);
                    SafeAnswer.check(route.method() + " " + path, answer);
                    assertThat(answer.status()).as(path).isEqualTo(421);
                }
                for (String name : !route.method().equals("GET")
                        ? List.<String>of()
                        : List.of("localhost:1", "[::1]:1", "127.0.0.1", "a.localhost")) {
                    assertThat(named(route, path, name).status()).as(path).isNotEqualTo(421);
                }
            }
        }
    }

    private RawClient.Answer named(LiveRoutes.Route route, String path, String name) throws Exception {
        String head = EveryRoute.head(route, path);
        return routes.raw.send(head.replace("Host: localhost\r\n", "Host: " + name + "\r\n"));
    }
}
