package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.source.SourceUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedHttpTest {
    private static final long LIMIT = 100_000;
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String OK = "HTTP/1.1 200 OK";

    private FaultyServer server;
    private GuardedHttp http;

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer();
        http = OutboundFixture.client("127.0.0.1,localhost");
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void bringsABody() throws Exception {
        server.on("/a.jpg", OK, "picture");
        Answer answer = http.get(server.url("/a.jpg"), LIMIT, LONG);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes("picture"));
    }

    @Test
    void bringsAChunkedBodyAndOneThatEndsWithItsConnection() throws Exception {
        server.on(
                        "/chunked",
                        (request, wire) -> wire.text(
                                OK + "\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npict\r\n3\r\nure\r\n0\r\n\r\n"))
                .on("/close", (request, wire) -> {
                    wire.text(OK + "\r\nConnection: close\r\n\r\npicture");
                    wire.close();
                });
        assertThat(http.get(server.url("/chunked"), LIMIT, LONG).body()).isEqualTo(bytes("picture"));
        assertThat(http.get(server.url("/close"), LIMIT, LONG).body()).isEqualTo(bytes("picture"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/photos/w_300,h_300,c_fill/sample.jpg",
                "//photos///x.jpg",
                "/photos/../photos/x.jpg",
                "/a.jpg%0d%0aHost:%20evil",
                "/_next/image?url=%2F_next%2Fstatic%2Fmedia%2Flogo.png&w=1152&q=75",
                "/x.jpg?sig=a,b&w=100%25",
                "/x.jpg?a=1&a=2&&b",
                "/?x",
                "/(1)%5B2%5D+a%20b.jpg;v=1",
            })
    void sendsTheTargetUntouched(String target) throws Exception {
        http.get(server.url(target), LIMIT, LONG);
        assertThat(server.requests()).extracting(FaultyServer.Request::target).containsExactly(target);
    }

    @Test
    void sendsNothingThatWasNotMeant() throws Exception {
        server.on("/a.jpg", OK + "\nSet-Cookie: track=1", "picture");
        http.get(server.url("/a.jpg"), LIMIT, LONG);
        http.get(server.url("/a.jpg"), LIMIT, LONG);
        assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.headers().keySet())
                    .containsExactlyInAnyOrder("accept", "accept-encoding", "host", "connection", "user-agent");
            assertThat(request.header("accept-encoding")).isEqualTo("identity");
            assertThat(request.header("user-agent")).isEqualTo("Halftone/0.1");
            assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
        });
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void reachesHostsWithUnderscores() throws Exception {
        try (GuardedHttp named = OutboundFixture.client("my_bucket.example.com")) {
            server.on("/a.jpg", OK, "picture");
            named.get(server.url("my_bucket.example.com", "/a.jpg"), LIMIT, LONG);
            assertThat(server.requests())
                    .extracting(request -> request.header("host"))
                    .containsExactly("my_bucket.example.com:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 304, 401, 404, 407, 410, 429, 500, 503})
    void answersEveryStatusWithoutActingOnIt(int status) throws Exception {
        server.on(
                "/a.jpg",
                "HTTP/1.1 " + status + " X\nLocation: /b.jpg\nRetry-After: 120\nWWW-Authenticate: Basic realm=x",
                status == 304 ? "" : "a page");
        Answer answer = http.get(server.url("/a.jpg"), LIMIT, LONG);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.location()).contains("/b.jpg");
        assertThat(answer.retryAfter()).contains(Duration.ofMinutes(2));
        assertThat(answer.body()).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void reusesTheConnectionAfterAnErrorPage() throws Exception {
        server.on("/gone", "HTTP/1.1 404 Not Found", "a page");
        http.get(server.url("/gone"), LIMIT, LONG);
        http.get(server.url("/gone"), LIMIT, LONG);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws Exception {
        server.on("/a.jpg", OK, new byte[1_000]);
        assertThat(http.get(server.url("/a.jpg"), 1_000, LONG).body()).hasSize(1_000);
    }

    @Test
    void refusesADeclaredLengthAtOnce() {
        server.on("/a.jpg", (request, wire) -> {
            wire.text(OK + "\r\nContent-Length: 1001\r\n\r\n");
            wire.hold();
        });
        Failure failure = failureOf(server.url("/a.jpg"), 1_000, LONG);
        assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
        assertThat(failure.detail()).contains("1001").contains("1000");
        assertClosed();
    }

    @Test
    void cutsAnEndlessBodyNearTheLimit() {
        server.on("/a.jpg", (request, wire) -> {
            wire.text(OK + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.flood(("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        });
        Failure failure = failureOf(server.url("/a.jpg"), LIMIT, LONG);
        assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
        assertCutSoon();
    }

    @Test
    void cutsAnEndlessErrorPage() throws Exception {
        server.on("/a.jpg", (request, wire) -> {
            wire.text("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.flood(("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        });
        assertThat(http.get(server.url("/a.jpg"), LIMIT, LONG).status()).isEqualTo(404);
        assertCutSoon();
    }

    @Test
    void endsADrippingBodyAtItsDeadline() {
        server.on("/a.jpg", (request, wire) -> {
            wire.text(OK + "\r\nContent-Length: 50000\r\n\r\n");
            wire.drip();
        });
        assertThat(failureOf(server.url("/a.jpg"), LIMIT, SHORT).code()).isEqualTo(FailureCode.TIMEOUT);
        assertClosed();
    }

    @Test
    void endsDrippingHeadersAtItsDeadline() {
        server.on("/a.jpg", (request, wire) -> {
            wire.text(OK + "\r\nX-Slow: ");
            wire.drip();
        });
        assertThat(failureOf(server.url("/a.jpg"), LIMIT, SHORT).code()).isEqualTo(FailureCode.TIMEOUT);
        assertClosed();
    }

    @Test
    void endsASilentHostAtItsDeadline() {
        server.on("/a.jpg", (request, wire) -> wire.hold());
        Failure failure = failureOf(server.url("/a.jpg"), LIMIT, SHORT);
        assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(failure.retryable()).isTrue();
        assertClosed();
    }

    @Test
    void endsAConnectThatNobodyTakesAtItsDeadline() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                var first = new java.net.Socket("127.0.0.1", full.getLocalPort());
                var second = new java.net.Socket("127.0.0.1", full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            SourceUrl url = ((SourceUrl.Parsed.Valid)
                            SourceUrl.parse("http://127.0.0.1:" + full.getLocalPort() + "/a.jpg"))
                    .url();
            assertThat(failureOf(url, LIMIT, SHORT).code()).isEqualTo(FailureCode.TIMEOUT);
        }
    }

    @Test
    void keepsTheStatusOfAnErrorPageThatIsCutShort() throws Exception {
        server.on("/a.jpg", (request, wire) -> {
            wire.text("HTTP/1.1 404 Not Found\r\nContent-Length: 500\r\n\r\n");
            wire.drip();
        });
        assertThat(http.get(server.url("/a.jpg"), LIMIT, Duration.ofSeconds(3)).status())
                .isEqualTo(404);
        assertClosed();
    }

    @Test
    void tellsABodyThatIsShorterThanDeclared() {
        server.on("/a.jpg", (request, wire) -> {
            wire.text(OK + "\r\nContent-Length: 500\r\n\r\nhalf");
            wire.close();
        });
        assertFails("/a.jpg", FailureCode.CONNECT_FAILED, "before the body was whole");
    }

    @Test
    void tellsAConnectionThatBreaks() {
        server.on("/reset", (request, wire) -> {
                    wire.text(OK + "\r\nContent-Length: 500\r\n\r\nhalf");
                    wire.reset();
                })
                .on("/close", (request, wire) -> wire.close());
        assertFails("/reset", FailureCode.CONNECT_FAILED, "broke");
        assertFails("/close", FailureCode.CONNECT_FAILED, "without an answer");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void tellsWhatIsNotHttp() {
        server.on("/ssh", (request, wire) -> {
                    wire.text("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                    wire.close();
                })
                .on("/long", (request, wire) -> {
                    wire.text(OK + "\r\n");
                    wire.flood(("X-Long: " + "x".repeat(40_000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                })
                .on("/many", (request, wire) -> {
                    wire.text(OK + "\r\n");
                    wire.flood("X-Many: x\r\n".getBytes(StandardCharsets.ISO_8859_1));
                })
                .on("/chunk", (request, wire) -> wire.text(OK + "\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"));
        for (String target : List.of("/ssh", "/long", "/many", "/chunk")) {
            assertThat(failureOf(server.url(target), LIMIT, LONG).code())
                    .as(target)
                    .isEqualTo(FailureCode.CONNECT_FAILED);
        }
    }

    @Test
    void tellsAHostThatRefuses() throws Exception {
        SourceUrl url;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = parsed("http://127.0.0.1:" + nobody.getLocalPort() + "/a.jpg");
        }
        Failure failure = failureOf(url, LIMIT, LONG);
        assertThat(failure.code()).isEqualTo(FailureCode.CONNECT_FAILED);
        assertThat(failure.detail()).contains("refused").doesNotContain("127.0.0.1");
    }

    @Test
    void tellsANameThatDoesNotResolve() {
        assertThat(failureOf(parsed("http://gone.invalid/a.jpg"), LIMIT, LONG).code())
                .isEqualTo(FailureCode.DNS_FAILURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://private.example.com/a.jpg",
                "http://10.0.0.5/a.jpg",
                "http://img.example.com:22/a.jpg",
                "http://localhost/a.jpg"
            })
    void blocksWithTheSameWordsWhateverTheReason(String url) throws Exception {
        try (GuardedHttp strict = OutboundFixture.client("")) {
            Failure failure = catchThrowableOfType(HalftoneException.class, () -> strict.get(parsed(url), LIMIT, LONG))
                    .failure();
            assertThat(failure).isEqualTo(Failure.of(FailureCode.BLOCKED_ADDRESS, "the address is not public"));
        }
    }

    @Test
    void neverOpensASocketToAForbiddenAddress() throws Exception {
        try (GuardedHttp strict = OutboundFixture.client("")) {
            for (String host : List.of("127.0.0.1", "localhost", "rebound.example.com")) {
                assertThatExceptionOfType(HalftoneException.class)
                        .isThrownBy(() -> strict.get(server.url(host, "/a.jpg"), LIMIT, LONG));
            }
            assertThatExceptionOfType(HalftoneException.class)
                    .isThrownBy(() -> strict.post(server.url("/hook"), Map.of(), "text/plain", new byte[1], LONG));
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void unpacksGzipThatNobodyAskedFor() throws Exception {
        server.on("/a.jpg", OK + "\nContent-Encoding: gzip", gzip(bytes("picture")));
        assertThat(http.get(server.url("/a.jpg"), LIMIT, LONG).body()).isEqualTo(bytes("picture"));
    }

    @Test
    void refusesAGzipBombAtTheLimit() throws Exception {
        server.on("/a.jpg", OK + "\nContent-Encoding: gzip", gzip(new byte[20_000_000]));
        Failure failure = failureOf(server.url("/a.jpg"), LIMIT, LONG);
        assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
    }

    @Test
    void tellsDamagedGzip() throws Exception {
        byte[] packed = gzip(new byte[5_000]);
        server.on("/a.jpg", OK + "\nContent-Encoding: gzip", java.util.Arrays.copyOf(packed, packed.length / 2));
        assertThat(failureOf(server.url("/a.jpg"), LIMIT, LONG).code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "utf-8", "identity"})
    void leavesABodyAsItIsThatIsNotGzip(String coding) throws Exception {
        server.on("/a.jpg", OK + "\nContent-Encoding: " + coding, "\u00ff\u00d8 plain");
        assertThat(http.get(server.url("/a.jpg"), LIMIT, LONG).body()).isEqualTo(bytes("\u00ff\u00d8 plain"));
    }

    @Test
    void bringsAnEmptyBodyAsOne() throws Exception {
        server.on("/none", (request, wire) -> wire.text("HTTP/1.1 204 No Content\r\n\r\n"))
                .on("/empty", OK, "");
        assertThat(http.get(server.url("/none"), LIMIT, LONG).body()).isEmpty();
        assertThat(http.get(server.url("/empty"), LIMIT, LONG).body()).isEmpty();
    }

    @Test
    void doesNotTripOverAConnectionThatTheHostClosedMeanwhile() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        server.on("/a.jpg", (request, wire) -> {
            wire.text(OK + "\r\nContent-Length: 1\r\n\r\nx");
            wire.close();
            closed.countDown();
        });
        http.get(server.url("/a.jpg"), LIMIT, LONG);
        closed.await();
        // The client looks at a connection that has lain idle for 50 ms.
        Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        assertThat(http.get(server.url("/a.jpg"), LIMIT, LONG).status()).isEqualTo(200);
    }

    @Test
    void endsAtAnInterrupt() throws Exception {
        server.on("/a.jpg", (request, wire) -> wire.hold());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                http.get(server.url("/a.jpg"), LIMIT, LONG);
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        Awaitility.await().until(() -> server.requests().size() == 1);
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertClosed();
    }

    @Test
    void servesManyVirtualThreadsAtOnce() throws Exception {
        int many = 600;
        CountDownLatch all = new CountDownLatch(many);
        server.on("/a.jpg", (request, wire) -> {
            all.countDown();
            all.await();
            wire.text(OK + "\r\nContent-Length: 7\r\n\r\npicture");
        });
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                answers.add(threads.submit(() -> http.get(server.url("/a.jpg"), LIMIT, LONG)));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().body()).isEqualTo(bytes("picture"));
            }
        }
    }

    private void assertFails(String target, FailureCode code, String detail) {
        Failure failure = failureOf(server.url(target), LIMIT, LONG);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail()).contains(detail);
    }

    private Failure failureOf(SourceUrl url, long maxBytes, Duration within) {
        return catchThrowableOfType(HalftoneException.class, () -> http.get(url, maxBytes, within))
                .failure();
    }

    /// What the server got rid of fits in the sockets' buffers: the client did not read on until its deadline.
    private void assertCutSoon() {
        assertClosed();
        assertThat(server.flooded()).isLessThan(64 << 20);
    }

    /// The client has let go: no socket is left open on the server's side.
    private void assertClosed() {
        Awaitility.await().until(() -> server.openConnections() == 0);
    }

    private static SourceUrl parsed(String url) {
        return ((SourceUrl.Parsed.Valid) SourceUrl.parse(url)).url();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
