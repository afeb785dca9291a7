package dev.halftone.adapters.outbound.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.outbound.FaultyServer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.adapters.outbound.OutboundFixture;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedDownloaderTest {
    private static final ImageLimits LIMITS = ImageLimits.DEFAULT.withMaxBytes(100_000);

    private final MutableClock clock = new MutableClock();
    private final HostPacing pacing = new HostPacing(6, clock);
    private FaultyServer server;
    private GuardedHttp http;
    private Downloader downloader;

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer();
        http = OutboundFixture.client("a.example.com,b.example.com");
        downloader = new GuardedDownloader(http, pacing, Duration.ofSeconds(50));
        server.on("/a.jpg", "HTTP/1.1 200 OK", "picture");
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void bringsAnImage() throws Exception {
        assertThat(downloader.fetch(url("/a.jpg"), LIMITS)).isEqualTo("picture".getBytes(StandardCharsets.UTF_8));
        assertThat(pacing.hostsInUse()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectToAnotherHost(int status) throws Exception {
        server.on(
                "/r",
                "HTTP/1.1 " + status + " Moved\nLocation: http://b.example.com:" + server.port() + "/a.jpg",
                "elsewhere");
        assertThat(downloader.fetch(url("/r"), LIMITS)).hasSize(7);
        assertThat(server.requests())
                .extracting(request -> request.header("host").replaceFirst(":.*", ""))
                .containsExactly("a.example.com", "b.example.com");
    }

    @Test
    void followsNoRedirectToAHostThatMayNotBeFetched() {
        Downloader narrow = new GuardedDownloader(
                http, pacing, Duration.ofSeconds(50), url -> url.host().equals("a.example.com"));
        server.on("/r", "HTTP/1.1 302 Found\nLocation: http://b.example.com:" + server.port() + "/a.jpg", "elsewhere");

        HalftoneException refused =
                catchThrowableOfType(HalftoneException.class, () -> narrow.fetch(url("/r"), LIMITS));

        assertThat(refused.failure().code()).isEqualTo(FailureCode.BLOCKED_ADDRESS);
        assertThat(refused).hasMessageContaining("redirects to another").hasMessageNotContaining("b.example.com");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void followsFiveRedirectsAndNotSix() throws Exception {
        for (int i = 1; i <= 6; i++) {
            redirect("/r" + i, i == 1 ? "a.jpg" : "r" + (i - 1));
        }
        assertThat(downloader.fetch(url("/r5"), LIMITS)).hasSize(7);
        assertThat(failureOf("/r6").code()).isEqualTo(FailureCode.TOO_MANY_REDIRECTS);
        assertThat(server.requests()).hasSize(6 + 6);
    }

    @Test
    void leavesARedirectLoop() {
        redirect("/loop", "/loop");
        Failure failure = failureOf("/loop");
        assertThat(failure.code()).isEqualTo(FailureCode.TOO_MANY_REDIRECTS);
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).hasSize(6);
        assertThat(pacing.hostsInUse()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/, BLOCKED_ADDRESS",
        "http://169.254.169.254/latest/, BLOCKED_ADDRESS",
        "http://[::1]/, BLOCKED_ADDRESS",
        "http://localhost/, BLOCKED_ADDRESS",
        "http://private.example.com/, BLOCKED_ADDRESS",
        "http://other.example.com:22/, BLOCKED_ADDRESS",
        "file:///etc/passwd, INVALID_URL",
        "gopher://127.0.0.1:5432/_x, INVALID_URL",
        "http://2130706433/, INVALID_URL",
        "http://user:pw@a.example.com/, INVALID_URL",
        "http://gone.invalid/, DNS_FAILURE",
    })
    void judgesEveryRedirectAnew(String location, FailureCode code) {
        redirect("/r", location);
        assertThat(failureOf("/r").code()).isEqualTo(code);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void takesARedirectWithoutAnAddressForAnError() {
        server.on("/r", "HTTP/1.1 302 Found", "");
        Failure failure = failureOf("/r");
        assertThat(failure.code()).isEqualTo(FailureCode.HTTP_STATUS);
        assertThat(failure.detail()).contains("302");
    }

    @ParameterizedTest
    @CsvSource({
        "401, false",
        "403, false",
        "404, false",
        "410, false",
        "408, true",
        "429, true",
        "500, true",
        "502, true",
        "503, true",
        "504, true",
        "304, false",
        "501, false"
    })
    void asksOnceAndTellsTheStatus(int status, boolean retryable) {
        server.on("/gone.jpg", "HTTP/1.1 " + status + " X", "");
        Failure failure = failureOf("/gone.jpg");
        assertThat(failure.code()).isEqualTo(FailureCode.HTTP_STATUS);
        assertThat(failure.detail()).contains(Integer.toString(status));
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"429|120", "503|120", "429|Sat, 21 Nov 2026 10:02:00 GMT"})
    void leavesAHostAloneThatAskedForIt(int status, String retryAfter) throws Exception {
        server.on("/busy.jpg", "HTTP/1.1 " + status + " Busy\nRetry-After: " + retryAfter, "");
        assertThat(failureOf("/busy.jpg").retryAfter()).contains(Duration.ofMinutes(2));
        clock.advance(Duration.ofSeconds(30));
        assertThat(failureOf("/a.jpg").retryAfter()).contains(Duration.ofSeconds(90));
        assertThat(server.requests()).hasSize(1);
        clock.advance(Duration.ofSeconds(91));
        assertThat(downloader.fetch(url("/a.jpg"), LIMITS)).hasSize(7);
    }

    @Test
    void pausesNobodyForA500() throws Exception {
        server.on("/broken.jpg", "HTTP/1.1 500 Broken\nRetry-After: 120", "");
        assertThat(failureOf("/broken.jpg").retryAfter()).contains(Duration.ofMinutes(2));
        assertThat(downloader.fetch(url("/a.jpg"), LIMITS)).hasSize(7);
    }

    @Test
    void sendsAHostSixRequestsAtOnceAtMost() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch six = new CountDownLatch(6);
        server.on("/slow.jpg", (request, wire) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            six.countDown();
            six.await();
            inside.decrementAndGet();
            wire.text("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\npicture");
        });
        List<Future<byte[]>> images = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                images.add(threads.submit(() -> downloader.fetch(url("/slow.jpg"), LIMITS)));
            }
            for (Future<byte[]> image : images) {
                assertThat(image.get()).hasSize(7);
            }
        }
        assertThat(most.get()).isEqualTo(6);
    }

    @Test
    void endsAChainThatTakesTooLongAltogether() {
        server.on("/slow", (request, wire) -> {
            for (int i = 0; i < 20; i++) {
                wire.pause();
            }
            wire.text("HTTP/1.1 302 Found\r\nLocation: /slow\r\nContent-Length: 0\r\n\r\n");
        });
        Downloader hasty = new GuardedDownloader(http, pacing, Duration.ofMillis(700));
        Failure failure = catchThrowableOfType(HalftoneException.class, () -> hasty.fetch(url("/slow"), LIMITS))
                .failure();
        assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void refusesAFile() {
        SourceUrl file = SourceUrl.ofFile(Path.of("/etc/passwd"));
        assertThat(catchThrowableOfType(HalftoneException.class, () -> downloader.fetch(file, LIMITS))
                        .failure()
                        .code())
                .isEqualTo(FailureCode.INVALID_URL);
    }

    private void redirect(String from, String location) {
        server.on(from, "HTTP/1.1 302 Found\nLocation: " + location, "");
    }

    private SourceUrl url(String target) {
        return server.url("a.example.com", target);
    }

    private Failure failureOf(String target) {
        return catchThrowableOfType(HalftoneException.class, () -> downloader.fetch(url(target), LIMITS))
                .failure();
    }
}
