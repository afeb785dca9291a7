package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.http.connection.Networks;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that take their time: a byte now and then keeps a connection from ever being idle.
class SlowClientsTest {
    private static final Duration TIME = Duration.ofMillis(400);
    private static final int EVERY = 30;
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: x\r\n";

    private final CountDownLatch open = new CountDownLatch(1);
    private final RunningServer running = new RunningServer(
            RunningServer.Setup.of(new ClientLimits(8192, TIME, 500, 100, 100, Networks.NONE)), routes -> {
                routes.post(
                        "/busy",
                        ctx -> {
                            InputStream body = ctx.bodyInputStream();
                            int first = body.read();
                            open.await();
                            ctx.result("" + (char) first + body.readAllBytes().length);
                        },
                        Access.OPEN);
                routes.ws("/echo", ws -> ws.onMessage(message -> message.send(message.message())), Access.OPEN);
            });

    @AfterEach
    void stop() {
        open.countDown();
        running.close();
    }

    private Wire wire() {
        return new Wire(running.server.port());
    }

    /// Until somebody who began now has been found too slow.
    private void letTheTimePass() {
        try (Wire slow = wire().say("G").dribble('G', EVERY)) {
            slow.hearOut();
        }
    }

    @Test
    void endsHeadersThatDribble() {
        try (Wire slow = wire().say(GET + "X-Slow: ").dribble('x', EVERY)) {
            assertThat(slow.hearOut())
                    .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                    .contains("application/problem+json", "request_timeout", "nosniff", "Connection: close");
        }
        await().until(() -> running.server.connections() == 0);
    }

    @Test
    void endsWhoNeverSaysAnything() {
        try (Wire silent = wire()) {
            assertThat(silent.hearOut()).isEmpty();
        }
    }

    @Test
    void endsHeadersThatDribbleAfterARequestThatWasWell() {
        try (Wire slow = wire().say(GET + "\r\n")) {
            assertThat(slow.hear("live\"}")).startsWith("HTTP/1.1 200");
            assertThat(slow.say("GET /").dribble('x', EVERY).hearOut()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void letsAConnectionRestBetweenRequests() {
        try (Wire resting = wire().say(GET + "\r\n")) {
            resting.hear("live\"}");
            letTheTimePass();
            assertThat(resting.say(GET + "\r\n").hear("live\"}")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "multipart/form-data; boundary=" + Form.BOUNDARY})
    void endsABodyThatDribbles(String type) {
        String form = "--" + Form.BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + "x".repeat(100);
        try (Wire slow = wire()) {
            slow.say("POST /api/batches HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                            + "\r\nContent-Length: 60000\r\n\r\n" + form)
                    .dribble('x', EVERY);
            assertThat(slow.hearOut())
                    .startsWith("HTTP/1.1 408")
                    .contains("application/problem+json", "request_timeout", "nosniff");
        }
        await().untilAsserted(() -> {
            assertThat(running.spool).isEmptyDirectory();
            assertThat(running.server.connections()).isZero();
        });
        assertThat(running.objects.keys()).isEmpty();
    }

    @Test
    void endsABodyThatDribblesWhereNobodyWantsIt() {
        try (Wire slow = wire()) {
            slow.say("POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nx")
                    .dribble('x', EVERY);
            assertThat(slow.hearOut()).startsWith("HTTP/1.1 404");
        }
        await().until(() -> running.server.connections() == 0);
    }

    @Test
    void aBodyThatComesAtItsRateMayTakeLong() {
        try (Wire steady = wire()) {
            steady.say("POST /busy HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(1_000));
            open.countDown();
            letTheTimePass();
            steady.say("x".repeat(999));
            letTheTimePass();
            assertThat(steady.say("x").hear("x1999")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void timeInWhichTheServerWantsNothingIsNotTheClients() {
        try (Wire client = wire()) {
            client.say("POST /busy HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nx");
            letTheTimePass();
            letTheTimePass();
            client.say("yz");
            open.countDown();
            assertThat(client.hear("x2")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aWebSocketOutlivesTheTimeOfHeaders() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + running.server.port() + "/echo"), new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                                    heard.complete(data.toString());
                                    from.request(1);
                                    return CompletableFuture.completedFuture(null);
                                }
                            })
                    .get(10, TimeUnit.SECONDS);
            letTheTimePass();
            letTheTimePass();
            await().until(() -> running.server.connections() == 1);
            socket.sendText("still here", true);
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("still here");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            await().until(() -> running.server.connections() == 0);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredOneAfterTheOther() {
        try (Wire client = wire()) {
            client.say((GET + "\r\n").repeat(20));
            for (int i = 0; i < 20; i++) {
                assertThat(client.hear("live\"}")).contains("HTTP/1.1 200");
            }
            letTheTimePass();
            assertThat(client.say(GET + "\r\n").hear("live\"}")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void answersOthersMeanwhile() {
        Wire[] slow = new Wire[40];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = i % 2 == 0
                    ? wire().say(GET + "X: ").dribble('x', EVERY)
                    : wire().say("POST /api/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nx")
                            .dribble('x', EVERY);
        }
        HttpResponse<String> taken = running.postCsv("/api/batches", RunningServer.CSV);
        assertThat(taken.statusCode()).isEqualTo(202);
        for (Wire one : slow) {
            assertThat(one.hearOut()).startsWith("HTTP/1.1 408");
            one.close();
        }
        HttpResponse<String> list = running.get("/api/batches");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(RunningServer.json(list).findValuesAsText("requestId"))
                .containsExactly(RunningServer.json(taken).get("requestId").asText());
    }
}
