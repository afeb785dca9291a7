package dev.halftone.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.domain.identity.PublicId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// D26 of the test plan: each route's answers to what is there, what is not, and what makes no sense. These
/// requests delete things, so the service is this class's own, and the order is fixed.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryAnswerTest {
    private static EveryRoute routes;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        routes = new EveryRoute(data);
    }

    @AfterAll
    static void stop() {
        if (routes != null) {
            routes.close();
        }
    }

    @Test
    @Order(1)
    void whatIsNotThere() throws Exception {
        for (LiveRoutes.Route route : routes.all()) {
            if (EveryRoute.hasParameter(route) && !route.path().startsWith("/fetch")) {
                String path = EveryRoute.path(
                        route, PublicId.random(new SecureRandom()).value());
                RawClient.Answer answer = routes.asked(route, path);
                SafeAnswer.check(route.method() + " " + path, answer);
                assertThat(answer.status()).as(route.toString()).isEqualTo(404);
            }
        }
        SafeAnswer.check("nothing", routes.raw.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n"));
        for (LiveRoutes.Route route : routes.running.routes()) {
            if (route.method().equals("WS")) {
                RawClient.Answer answer = routes.raw.send("GET " + EveryRoute.path(route, "unknown")
                        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
                SafeAnswer.check("WS " + route.path(), answer);
                assertThat(answer.status()).isBetween(400, 404);
            }
        }
    }

    @Test
    @Order(2)
    void whatIsAskedForWell() throws Exception {
        int well = 0;
        for (LiveRoutes.Route route : routes.all()) {
            String path = routes.path(route);
            RawClient.Answer answer = routes.asked(route, path);
            checkSense(route.method() + " " + path, answer);
            well += answer.status() < 400 ? 1 : 0;
        }
        // The others find no body, no host that may be fetched from, a batch that has ended, or a part that isn't
        // installed.
        assertThat(well).isGreaterThan(routes.all().size() - 10);
    }

    @Test
    @Order(3)
    void whatMakesNoSense() throws Exception {
        for (LiveRoutes.Route route : routes.all()) {
            String path = routes.path(route);
            if (route.method().equals("POST")) {
                for (String type : List.of(
                        "text/plain",
                        "application/json",
                        "multipart/form-data; boundary=b",
                        "application/x-www-form-urlencoded",
                        "nonsense")) {
                    String head = EveryRoute.head(route, path, "Content-Type: " + type, "Accept: application/json");
                    checkSense(route.method() + " " + path, routes.raw.send(head, "}{".getBytes(UTF_8)));
                }
            } else if (route.method().equals("GET")) {
                String odd = path + "?limit=x&cursor=x&w=x&details=x&status=x&code=x&lang=x";
                checkSense(route.method() + " " + odd, routes.raw.send(EveryRoute.head(route, odd)));
            }
        }
    }

    /// Whoever asks for nonsense is told so, or gets what was meant; it is no error of the service.
    private static void checkSense(String asked, RawClient.Answer answer) throws IOException {
        SafeAnswer.check(asked, answer);
        assertThat(answer.status())
                .as(asked)
                .satisfiesAnyOf(
                        status -> assertThat(status).isLessThan(500),
                        status -> assertThat(status).isEqualTo(501));
    }
}
