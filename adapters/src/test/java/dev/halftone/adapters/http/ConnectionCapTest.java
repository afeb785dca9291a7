package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.http.connection.Networks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many connections there may be, altogether and from one address.
class ConnectionCapTest {
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    private final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore held = new Semaphore(0);
    private final List<Wire> wires = new ArrayList<>();
    private final RunningServer running = new RunningServer(
            RunningServer.Setup.of(
                    new ClientLimits(8192, Duration.ofSeconds(30), 500, 8, 4, Networks.parse("127.0.0.9"))),
            routes -> routes.get(
                    "/hold",
                    ctx -> {
                        held.release();
                        open.await();
                    },
                    Access.OPEN));

    @AfterEach
    void stop() {
        open.countDown();
        wires.forEach(Wire::close);
        running.close();
    }

    private Wire from(String address) {
        Wire wire = new Wire(running.server.port(), address);
        wires.add(wire);
        return wire;
    }

    /// Answered, and resting since.
    private Wire resting(String address) {
        Wire wire = from(address).say(GET);
        wire.hear("live\"}");
        return wire;
    }

    @Test
    void oneAddressGetsItsShareAndNoMore() {
        Wire first = resting("127.0.0.2");
        for (int i = 0; i < 3; i++) {
            resting("127.0.0.2");
        }
        assertThat(from("127.0.0.2").hearOut()).isEmpty();
        assertThat(running.server.connections()).isEqualTo(4);
        resting("127.0.0.3");

        first.close();
        await().until(() -> running.server.connections() == 4);
        resting("127.0.0.2");
        assertThat(from("127.0.0.2").hearOut()).isEmpty();
    }

    @Test
    void aProxyHasNoShare() {
        for (int i = 0; i < 8; i++) {
            resting("127.0.0.9");
        }
        assertThat(running.server.connections()).isEqualTo(8);
    }

    @Test
    void whoHasWaitedLongestMakesRoom() {
        for (int i = 0; i < 8; i++) {
            resting("127.0.0." + (2 + i % 3));
            // A client hears its answer a moment before its connection rests.
            int rest = i + 1;
            await().until(() -> running.server.resting() == rest);
        }
        Wire oldest = wires.getFirst();
        resting("127.0.0.6");
        assertThat(oldest.hearOut()).isEmpty();
        assertThat(running.server.connections()).isEqualTo(8);

        oldest = wires.get(1);
        from("127.0.0.6").say("GET /health");
        assertThat(oldest.hearOut()).isEmpty();
    }

    @Test
    void whoIsServedIsNotEnded() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            from("127.0.0." + (2 + i % 3)).say("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        held.acquire(8);
        assertThat(from("127.0.0.6").hearOut()).isEmpty();

        open.countDown();
        for (Wire wire : wires.subList(0, 8)) {
            assertThat(wire.hear("\r\n")).startsWith("HTTP/1.1 200");
        }
        resting("127.0.0.6");
    }
}
