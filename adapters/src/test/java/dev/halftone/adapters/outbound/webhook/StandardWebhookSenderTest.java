package dev.halftone.adapters.outbound.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.outbound.FaultyServer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.adapters.outbound.OutboundFixture;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.EventSender;
import dev.halftone.domain.event.WebhookMessage;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StandardWebhookSenderTest {
    private static final String BODY = "{\"type\":\"batch.completed\",\"data\":{\"name\":\"Käse ☕\"}}";
    private static final WebhookSecret SECRET = WebhookSecret.random(new SecureRandom());

    private FaultyServer server;
    private GuardedHttp http;
    private EventSender sender;

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer();
        http = OutboundFixture.client("127.0.0.1");
        sender = sender(Duration.ofSeconds(50));
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void postsTheSignedMessage() throws Exception {
        server.on("/hook", "HTTP/1.1 200 OK", "thanks");
        assertThat(sender.send(message("/hook"))).isEqualTo(new DeliveryResult.Accepted(200, "thanks"));
        FaultyServer.Request request = server.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(BODY);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("webhook-id")).isEqualTo("msg_1");
        assertThat(request.header("webhook-timestamp")).isEqualTo(Long.toString(OutboundFixture.NOW.getEpochSecond()));
        assertThat(request.header("webhook-signature"))
                .isEqualTo(WebhookSignature.header(List.of(SECRET), "msg_1", OutboundFixture.NOW, BODY));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void takesOnlySuccessForSuccess(int status) throws Exception {
        server.on("/hook", (request, wire) -> wire.text("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
        assertThat(sender.send(message("/hook"))).isEqualTo(new DeliveryResult.Accepted(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 304, 400, 404, 410, 500, 502})
    void tellsARefusalAndNeverFollows(int status) throws Exception {
        server.on("/hook", "HTTP/1.1 " + status + " X\nLocation: /elsewhere", "");
        assertThat(sender.send(message("/hook"))).isEqualTo(new DeliveryResult.Refused(status, Optional.empty()));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"429|3|3", "503|Sat, 21 Nov 2026 10:00:30 GMT|30", "429|86400|3600"})
    void honoursRetryAfter(int status, String header, long seconds) throws Exception {
        server.on("/hook", "HTTP/1.1 " + status + " X\nRetry-After: " + header, "");
        assertThat(sender.send(message("/hook")))
                .isEqualTo(new DeliveryResult.Refused(status, Optional.of(Duration.ofSeconds(seconds))));
    }

    @Test
    void readsLittleOfAnEndlessAnswer() throws Exception {
        server.on("/hook", (request, wire) -> {
            wire.text("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            wire.flood(new byte[8_192]);
        });
        assertThat(sender.send(message("/hook"))).isEqualTo(new DeliveryResult.Accepted(200));
        Awaitility.await().until(() -> server.openConnections() == 0);
    }

    @Test
    void keepsHowTheAnswerBeginsAsOneSafeLine() throws Exception {
        server.on("/hook", "HTTP/1.1 500 X", "Käse\n\u0000\u001b[31m <b>fail</b>\u202e" + "x".repeat(70_000));
        DeliveryResult.Refused refused = (DeliveryResult.Refused) sender.send(message("/hook"));
        assertThat(refused.answer())
                .startsWith("Käse [31m <b>fail</b> xxx")
                .endsWith("x…")
                .hasSize(201);
    }

    /// Were it to read on, it would wait for longer than this test may take.
    @Test
    void readsNoMoreThan64KiB() throws Exception {
        server.on("/hook", (request, wire) -> {
            wire.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n" + "x".repeat(0x10000) + "\r\n");
            wire.hold();
        });
        assertThat(sender(Duration.ofMinutes(10)).send(message("/hook"))).isInstanceOf(DeliveryResult.Accepted.class);
        Awaitility.await().until(() -> server.openConnections() == 0);
    }

    @Test
    void takesTheStatusForTheAnswerWhenTheRestIsLate() throws Exception {
        server.on("/hook", (request, wire) -> {
            wire.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            wire.hold();
        });
        assertThat(sender(Duration.ofMillis(500)).send(message("/hook")))
                .isEqualTo(new DeliveryResult.Accepted(200, "hello"));
        Awaitility.await().until(() -> server.openConnections() == 0);
    }

    @Test
    void signsWithEverySecretWhileARotationLasts() throws Exception {
        WebhookSecret old = WebhookSecret.random(new SecureRandom());
        server.on("/hook", "HTTP/1.1 200 OK", "");
        sender.send(new WebhookMessage("msg_1", server.url("/hook"), List.of(SECRET.text(), old.text()), BODY));
        assertThat(server.requests().getFirst().header("webhook-signature"))
                .isEqualTo(WebhookSignature.header(List.of(SECRET, old), "msg_1", OutboundFixture.NOW, BODY));
    }

    @Test
    void givesUpOnASlowReceiver() throws Exception {
        server.on("/hook", (request, wire) -> wire.hold());
        assertThat(sender(Duration.ofMillis(300)).send(message("/hook")))
                .isEqualTo(new DeliveryResult.Unreachable("timeout"));
        Awaitility.await().until(() -> server.openConnections() == 0);
    }

    @Test
    void tellsWhyNobodyAnswered() throws Exception {
        server.on("/reset", (request, wire) -> wire.reset());
        assertThat(sender.send(message("/reset"))).isEqualTo(new DeliveryResult.Unreachable("connect_failed"));
        assertThat(sender.send(to("http://gone.invalid/"))).isEqualTo(new DeliveryResult.Unreachable("dns_failure"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.5/hook", "https://192.168.1.1/hook", "http://private.example.com/"})
    void neverPostsToAnAddressThatIsNotPublic(String endpoint) throws Exception {
        assertThat(sender.send(to(endpoint))).isEqualTo(new DeliveryResult.Unreachable("blocked_address"));
    }

    @Test
    void keepsTheSecretOutOfItsText() {
        assertThat(message("/hook").toString()).doesNotContain(SECRET.text());
    }

    private EventSender sender(Duration time) {
        return new StandardWebhookSender(http, InstantSource.fixed(OutboundFixture.NOW), time);
    }

    private WebhookMessage message(String target) {
        return new WebhookMessage("msg_1", server.url(target), List.of(SECRET.text()), BODY);
    }

    private static WebhookMessage to(String url) {
        SourceUrl endpoint = ((SourceUrl.Parsed.Valid) SourceUrl.parse(url)).url();
        return new WebhookMessage("msg_1", endpoint, List.of(SECRET.text()), BODY);
    }
}
