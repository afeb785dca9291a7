package dev.halftone.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.access.LiveRoutes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Requests that are refused whatever the route: their method, their form, their size.
@ExtendWith(SharedRoutes.class)
class RefusedRequestsTest {
    private final EveryRoute routes;

    RefusedRequestsTest(EveryRoute routes) {
        this.routes = routes;
    }

    @Test
    void methodsThatNoRouteTakes() throws Exception {
        for (LiveRoutes.Route route : routes.all()) {
            String path = routes.path(route);
            for (String method : List.of("TRACE", "XYZZY")) {
                RawClient.Answer answer =
                        routes.raw.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Echo: echo\r\n");
                SafeAnswer.check(method + " " + path, answer);
                assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
                assertThat(answer.header("Allow").split(", ")).contains(route.method());
                assertThat(answer.body()).doesNotContain("echo");
            }
        }
    }

    @Test
    void bodiesThatAreCompressed() throws Exception {
        for (LiveRoutes.Route route : routes.writing()) {
            String path = routes.path(route);
            RawClient.Answer answer = routes.raw.send(
                    EveryRoute.head(route, path, "Content-Encoding: gzip"), new byte[] {0x1f, (byte) 0x8b, 8});
            SafeAnswer.check(route.method() + " " + path, answer);
            assertThat(answer.status()).as(route.toString()).isEqualTo(415);
            assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
        }
    }

    @Test
    void whatNeverReachesARoute() throws Exception {
        String tooLong = "x".repeat(9_000);
        for (LiveRoutes.Route route : routes.all()) {
            String path = routes.path(route);
            expect(400, route.method() + " " + path + " HTTP/1.1\r\n");
            expect(400, route.method() + " " + path + "%zz HTTP/1.1\r\nHost: localhost\r\n");
            expect(400, EveryRoute.head(route, path, "Content-Length: 1", "Content-Length: 2"));
            expect(414, route.method() + " " + path + "?" + tooLong + " HTTP/1.1\r\nHost: localhost\r\n");
            expect(431, EveryRoute.head(route, path, "X-Long: " + tooLong));
        }
        expect(400, "\u0001\u0002\r\n");
        expect(400, "GET\r\n");
        expect(505, "GET / HTTP/9.9\r\nHost: localhost\r\n");
        expect(417, "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n");
        expect(400, "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rot13\r\n");
        assertThat(routes.raw
                        .send("GET /?" + tooLong + " HTTP/1.1\r\nHost: localhost\r\n")
                        .body())
                .contains("8192 bytes");
    }

    private void expect(int status, String head) throws IOException {
        RawClient.Answer answer = routes.raw.send(head);
        // A HEAD that is malformed early is not yet known to be one.
        SafeAnswer.check((head.startsWith("HEAD ") && answer.body().isEmpty() ? "" : "not ") + head, answer);
        assertThat(answer.status()).as(head).isEqualTo(status);
    }
}
