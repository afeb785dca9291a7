package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.adapters.http.control.ControlParts;
import dev.halftone.adapters.http.image.ImageParts;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.variant.VariantParts;
import dev.halftone.adapters.http.webhook.WebhookParts;
import dev.halftone.domain.image.ImageLimits;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// D26 of the test plan, its 5xx: every route of the live table is made to fail in a way that nobody foresaw. What the
/// routes stand on is never asked, and so is not there.
@SuppressWarnings("NullAway")
class EveryRouteFailsTest {
    @TempDir
    Path spool;

    private volatile Throwable failure = new IllegalStateException("password=hunter2 at /srv/data");
    private HalftoneServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start() {
        MapObjectStore objects = new MapObjectStore(RunningServer.PUBLIC);
        Links links = new Links(RunningServer.PUBLIC);
        InstantSource clock = InstantSource.system();
        server = new HalftoneServer(
                        new HttpSettings("127.0.0.1", 0, 1_000, spool, Duration.ofSeconds(1)),
                        new HalftoneServer.Parts(
                                null,
                                null,
                                null,
                                objects,
                                links,
                                clock,
                                () -> new Readiness(List.of(), Optional.empty()),
                                e -> false),
                        new ControlParts(null, null, null, links, clock),
                        new ImageParts(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                objects,
                                links,
                                ImageLimits.DEFAULT),
                        new VariantParts(null, null, null, null, Optional.empty(), Duration.ZERO, clock),
                        new WebhookParts(null, null, null, null, links, new SecureRandom()),
                        routes -> {
                            routes.beforeMatched(ctx -> fail());
                            routes.wsBeforeUpgrade(ctx -> fail());
                        })
                .start();
    }

    private void fail() throws Exception {
        switch (failure) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new AssertionError(failure);
        }
    }

    @Test
    void everyRouteIsAnsweredWithAProblemAndNoMore() {
        start();
        for (Throwable thrown : List.of(failure, new StackOverflowError("hunter2"))) {
            failure = thrown;
            for (LiveRoutes.Route route : server.routes()) {
                check(route);
            }
        }
        assertThat(server.routes()).hasSizeGreaterThan(80);
    }

    private void check(LiveRoutes.Route route) {
        boolean socket = route.method().equals("WS");
        String more = socket
                ? "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                : "Connection: close\r\n";
        try (Wire wire = new Wire(server.port())) {
            String answer = wire.say((socket ? "GET" : route.method()) + " "
                            + route.path().replaceAll("[{<][a-z]+[}>]", "x") + " HTTP/1.1\r\nHost: x\r\n" + more
                            + "\r\n")
                    .hearOut();
            String[] parts = answer.split("\r\n\r\n", 2);
            assertThat(parts[0])
                    .as(route + ": " + failure)
                    .startsWith("HTTP/1.1 500")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("charset=utf-8", "default-src 'none'", "X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: no-referrer", "X-Frame-Options: DENY")
                    .contains("Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store")
                    .doesNotContain("Set-Cookie");
            if (!route.method().equals("HEAD")) {
                assertThat(parts[1]).as(route + ": " + failure + answer).isNotEmpty();
                JsonNode problem =
                        RunningServer.json(parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1));
                assertThat(problem.get("status").asInt()).isEqualTo(500);
                assertThat(problem.get("code").asText()).isEqualTo("internal");
                assertThat(parts[1]).doesNotContain("hunter2", "/srv", "Exception", "Error:");
            }
        }
    }
}
