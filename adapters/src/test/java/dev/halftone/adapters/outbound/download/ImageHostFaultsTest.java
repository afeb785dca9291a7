package dev.halftone.adapters.outbound.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.outbound.FaultyServer;
import dev.halftone.adapters.outbound.FaultyServer.Script;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.adapters.outbound.OutboundFixture;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.source.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What image hosts do, from the request to the picture or its failure, over real connections. Certificates are
/// in `GuardedTlsTest`, redirects in `GuardedDownloaderTest`.
@Timeout(120)
class ImageHostFaultsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n";
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F'};

    private final MutableClock clock = new MutableClock();
    private final HostPacing pacing = new HostPacing(6, clock);
    private FaultyServer server;
    private GuardedHttp http;

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer();
        http = OutboundFixture.client("a.example.com,b.example.com");
        server.on("/good.jpg", whole(JPEG));
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    private SourceImage open(String target, Duration time) throws InterruptedException {
        GuardedDownloader downloader = new GuardedDownloader(http, pacing, time);
        return new OpenImage(downloader, ImageLimits.DEFAULT).open(server.url("a.example.com", target));
    }

    private HalftoneException thrown(String target) {
        return catchThrowableOfType(HalftoneException.class, () -> open(target, Duration.ofMillis(500)));
    }

    private static Script whole(byte[] body) {
        return (request, wire) -> {
            wire.text(OK + "Content-Length: " + body.length + "\r\n\r\n");
            wire.bytes(body);
        };
    }

    private static Script text(String answer) {
        return (request, wire) -> {
            wire.text(answer);
            wire.close();
        };
    }

    private static Script status(int status) {
        return (request, wire) -> wire.text("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    static Stream<Arguments> faults() throws IOException {
        byte[] packed = gzip(JPEG);
        return Stream.of(
                Arguments.of("404", status(404), FailureCode.HTTP_STATUS, false),
                Arguments.of("410", status(410), FailureCode.HTTP_STATUS, false),
                Arguments.of("401", status(401), FailureCode.HTTP_STATUS, false),
                Arguments.of("503", status(503), FailureCode.HTTP_STATUS, true),
                Arguments.of("429", status(429), FailureCode.HTTP_STATUS, true),
                Arguments.of(
                        "shorter than declared",
                        text(OK + "Content-Length: 500\r\n\r\nhalf"),
                        FailureCode.CONNECT_FAILED,
                        true),
                Arguments.of(
                        "declared too long",
                        text(OK + "Content-Length: 26214401\r\n\r\n"),
                        FailureCode.TOO_LARGE,
                        false),
                Arguments.of(
                        "dripping body",
                        (Script) (request, wire) -> {
                            wire.text(OK + "Content-Length: 50000\r\n\r\n");
                            wire.drip();
                        },
                        FailureCode.TIMEOUT,
                        true),
                Arguments.of(
                        "dripping head",
                        (Script) (request, wire) -> {
                            wire.text(OK + "X-Slow: ");
                            wire.drip();
                        },
                        FailureCode.TIMEOUT,
                        true),
                Arguments.of("silent", (Script) (request, wire) -> wire.hold(), FailureCode.TIMEOUT, true),
                Arguments.of("empty", whole(new byte[0]), FailureCode.NOT_AN_IMAGE, false),
                Arguments.of(
                        "HTML that says it is JPEG",
                        whole("<!doctype html><p>gone".getBytes(StandardCharsets.UTF_8)),
                        FailureCode.NOT_AN_IMAGE,
                        false),
                Arguments.of(
                        "damaged gzip",
                        (Script) (request, wire) -> {
                            wire.text(OK + "Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n");
                            wire.bytes(java.util.Arrays.copyOf(packed, 12));
                        },
                        FailureCode.CORRUPT_IMAGE,
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void tellsWhatAHostDidAfterOneRequest(String name, Script fault, FailureCode code, boolean again) {
        server.on("/bad.jpg", fault);

        Failure failure = thrown("/bad.jpg").failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(again);
        assertThat(server.requests()).hasSize(1);
        assertThat(pacing.hostsInUse()).isZero();
        Awaitility.await().until(() -> server.openConnections() <= 1);
    }

    @Test
    void takesAPictureThatIsPackedUnasked() throws Exception {
        byte[] packed = gzip(JPEG);
        server.on("/packed.jpg", (request, wire) -> {
            wire.text(OK + "Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n");
            wire.bytes(packed);
        });
        assertThat(open("/packed.jpg", Duration.ofSeconds(20)).format()).isEqualTo(ImageFormat.JPEG);
    }

    @Test
    void stopsAnEndlessBodyAtTheLimit() {
        server.on("/endless.jpg", (request, wire) -> {
            wire.text(OK + "Transfer-Encoding: chunked\r\n\r\n");
            wire.flood(("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        });
        HalftoneException thrown =
                catchThrowableOfType(HalftoneException.class, () -> open("/endless.jpg", Duration.ofSeconds(50)));

        assertThat(thrown.failure().code()).isEqualTo(FailureCode.TOO_LARGE);
        Awaitility.await().until(() -> server.openConnections() == 0);
        // What the sockets of both sides hold comes on top of what was read.
        assertThat(server.flooded()).isBetween(25L << 20, 64L << 20);
    }

    /// The limit as it is in service.
    @Test
    @Tag("faults")
    void endsADrippingBodyAfterThirtySeconds() {
        server.on("/drip.jpg", (request, wire) -> {
            wire.text(OK + "Content-Length: 50000\r\n\r\n");
            wire.drip();
        });
        long begun = System.nanoTime();

        HalftoneException thrown =
                catchThrowableOfType(HalftoneException.class, () -> open("/drip.jpg", GuardedDownloader.TIME));

        assertThat(thrown.failure().code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(28), Duration.ofSeconds(32));
        Awaitility.await().until(() -> server.openConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void asksAHostNoMoreThatCannotServeFiveTimesInARow(int status) {
        server.on("/busy.jpg", status(status));
        for (int i = 0; i < 5; i++) {
            assertThat(thrown("/busy.jpg").isUnasked()).isFalse();
        }

        HalftoneException refused = thrown("/good.jpg");

        assertThat(refused.isUnasked()).isTrue();
        assertThat(refused.failure().detail()).contains(Integer.toString(status));
        assertThat(server.requests()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 500, 501})
    void goesOnAskingAHostThatAnswersAboutThePicture(int status) throws Exception {
        server.on("/bad.jpg", status(status));
        for (int i = 0; i < 12; i++) {
            assertThat(thrown("/bad.jpg").isUnasked()).isFalse();
        }
        open("/good.jpg", Duration.ofSeconds(20));
    }

    @Test
    void leavesASilentHostAloneAndNoOther() throws Exception {
        server.on("/silent.jpg", (request, wire) -> wire.hold());
        for (int i = 0; i < 5; i++) {
            assertThat(thrown("/silent.jpg").failure().code()).isEqualTo(FailureCode.TIMEOUT);
        }
        assertThat(thrown("/good.jpg").isUnasked()).isTrue();

        GuardedDownloader downloader = new GuardedDownloader(http, pacing, Duration.ofSeconds(20));
        assertThat(downloader.fetch(server.url("b.example.com", "/good.jpg"), ImageLimits.DEFAULT))
                .isEqualTo(JPEG);
        clock.advance(Duration.ofSeconds(7));
        assertThat(open("/good.jpg", Duration.ofSeconds(20)).format()).isEqualTo(ImageFormat.JPEG);
    }

    /// A place that tells when it is held.
    private static final class Seen implements Place {
        private final List<String> told = new ArrayList<>();

        @Override
        public TurnOwner owner() {
            return HostPacing.NOBODY;
        }

        @Override
        public synchronized void take() {
            told.add("take");
        }

        @Override
        public synchronized void giveBack() {
            told.add("give back");
        }

        synchronized List<String> told() {
            return List.copyOf(told);
        }
    }

    @Test
    void takesNoPlaceWhileItWaitsForAHost() throws Exception {
        GuardedDownloader downloader = new GuardedDownloader(http, new HostPacing(1, clock), Duration.ofSeconds(50));
        CountDownLatch answered = new CountDownLatch(1);
        server.on("/slow.jpg", (request, wire) -> {
            answered.await();
            whole(JPEG).answer(request, wire);
        });
        Seen first = new Seen();
        Seen second = new Seen();
        Thread one = Thread.startVirtualThread(() -> fetch(downloader, "/slow.jpg", first));
        Awaitility.await().until(() -> server.requests().size() == 1);
        Thread other = Thread.startVirtualThread(() -> fetch(downloader, "/good.jpg", second));
        Awaitility.await().until(() -> other.getState() == Thread.State.WAITING);

        assertThat(first.told()).containsExactly("take");
        assertThat(second.told()).isEmpty();

        answered.countDown();
        one.join();
        other.join();
        assertThat(second.told()).containsExactly("take");
    }

    @Test
    void givesItsPlaceBackBeforeItWaitsForTheNextHost() {
        server.on(
                "/moved.jpg", "HTTP/1.1 302 Found\nLocation: http://b.example.com:" + server.port() + "/good.jpg", "");
        Seen place = new Seen();

        fetch(new GuardedDownloader(http, pacing, Duration.ofSeconds(50)), "/moved.jpg", place);

        assertThat(place.told()).containsExactly("take", "give back", "take");
    }

    private void fetch(GuardedDownloader downloader, String target, Place place) {
        try {
            downloader.fetch(server.url("a.example.com", target), ImageLimits.DEFAULT, place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
