package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.http.connection.Networks;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that read their answers a byte at a time: no connection of theirs is ever idle.
class SlowReadersTest {
    private static final Duration TIME = Duration.ofMillis(400);
    private static final int RATE = 1_000_000;
    private static final int EVERY = 30;

    /// More than the sockets hold on the way.
    private static final int PIECES = 2_000;

    private static final byte[] PIECE = new byte[1 << 15];
    private static final String GET = " HTTP/1.1\r\nHost: x\r\n\r\n";

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Queue<IOException> cutOff = new ConcurrentLinkedQueue<>();
    private final RunningServer running = new RunningServer(
            RunningServer.Setup.of(new ClientLimits(8192, TIME, RATE, 100, 100, Networks.NONE)), routes -> {
                routes.get(
                        "/large",
                        ctx -> {
                            OutputStream out = ctx.res().getOutputStream();
                            try {
                                for (int i = 0; i < PIECES; i++) {
                                    out.write(PIECE);
                                }
                            } catch (IOException e) {
                                cutOff.add(e);
                                throw e;
                            }
                        },
                        Access.OPEN);
                routes.get(
                        "/pausing",
                        ctx -> {
                            OutputStream out = ctx.res().getOutputStream();
                            out.write('a');
                            out.flush();
                            goOn.await();
                            out.write('z');
                        },
                        Access.OPEN);
            });

    @AfterEach
    void stop() {
        goOn.countDown();
        running.close();
    }

    private Wire asking(String path) {
        return new Wire(running.server.port()).say("GET " + path + GET);
    }

    @Test
    void whoReadsAByteNowAndThenIsEnded() {
        try (Wire slow = asking("/large").sip(EVERY)) {
            await().until(() -> !cutOff.isEmpty());
            await().until(() -> running.server.connections() == 0);
        }
    }

    @Test
    void whoReadsAtTheRateHearsAll() {
        try (Wire reader = asking("/large")) {
            int heard = reader.say("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .hearOut()
                    .length();
            assertThat(heard).isGreaterThan(PIECES * PIECE.length);
        }
        assertThat(cutOff).isEmpty();
    }

    @Test
    void timeInWhichTheServerHasNothingToSayIsNotTheClients() {
        try (Wire reader = asking("/pausing");
                Wire slow = asking("/large").sip(EVERY)) {
            reader.hear("1\r\na");
            // As long as it takes to end somebody.
            await().until(() -> !cutOff.isEmpty());

            goOn.countDown();

            assertThat(reader.hear("0\r\n\r\n")).contains("1\r\nz");
        }
    }
}
