package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The certificate is for `img.example.com`, signed by itself and made by the JDK's keytool.
@Timeout(60)
class GuardedTlsTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static SSLContext selfSigned;
    private static FaultyServer server;

    @BeforeAll
    static void start() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=img.example.com",
                        "-ext",
                        "SAN=dns:img.example.com",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        selfSigned = contextOf(keys);
        server = new FaultyServer("https", selfSigned.getServerSocketFactory())
                .on("/a.jpg", "HTTP/1.1 200 OK", "picture");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void bringsABodyFromAHostItTrustsByName() throws Exception {
        try (GuardedHttp http = OutboundFixture.client("img.example.com", selfSigned)) {
            Answer answer = http.get(server.url("img.example.com", "/a.jpg"), 1_000, LONG);
            assertThat(answer.body()).isEqualTo("picture".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesACertificateThatNobodySigned() throws Exception {
        try (GuardedHttp http = OutboundFixture.client("img.example.com")) {
            Failure failure = failureOf(http, server.url("img.example.com", "/a.jpg"), LONG);
            assertThat(failure.code()).isEqualTo(FailureCode.TLS_FAILURE);
            assertThat(failure.detail()).contains("not signed by a known authority");
        }
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        try (GuardedHttp http = OutboundFixture.client("other.example.com,127.0.0.1", selfSigned)) {
            for (String host : new String[] {"other.example.com", "127.0.0.1"}) {
                Failure failure = failureOf(http, server.url(host, "/a.jpg"), LONG);
                assertThat(failure.code()).isEqualTo(FailureCode.TLS_FAILURE);
                assertThat(failure.detail()).contains("not valid for this host");
            }
        }
    }

    @Test
    void tellsAHostThatSpeaksNoTls() throws Exception {
        try (FaultyServer plain = new FaultyServer("https", ServerSocketFactory.getDefault());
                GuardedHttp http = OutboundFixture.client("img.example.com")) {
            // The server reads the handshake as a request and never finds its end.
            Failure failure = failureOf(http, plain.url("img.example.com", "/a.jpg"), Duration.ofSeconds(2));
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            Awaitility.await().until(() -> plain.openConnections() == 0);
        }
    }

    @Test
    void tellsAHostThatHangsUpInTheHandshake() throws Exception {
        try (var listener = new java.net.ServerSocket(0, 10, java.net.InetAddress.getByName("127.0.0.1"));
                GuardedHttp http = OutboundFixture.client("img.example.com")) {
            Thread.startVirtualThread(() -> {
                try (var socket = listener.accept()) {
                    int _ = socket.getInputStream().read();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            SourceUrl url = ((SourceUrl.Parsed.Valid)
                            SourceUrl.parse("https://img.example.com:" + listener.getLocalPort() + "/a.jpg"))
                    .url();
            assertThat(failureOf(http, url, LONG).code()).isEqualTo(FailureCode.CONNECT_FAILED);
        }
    }

    @Test
    void endsADrippingBodyUnderTlsToo() throws Exception {
        server.on("/drip.jpg", (request, wire) -> {
            wire.text("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n");
            wire.drip();
        });
        try (GuardedHttp http = OutboundFixture.client("img.example.com", selfSigned)) {
            Failure failure = failureOf(http, server.url("img.example.com", "/drip.jpg"), Duration.ofSeconds(2));
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
        }
    }

    private static Failure failureOf(GuardedHttp http, SourceUrl url, Duration within) {
        return catchThrowableOfType(HalftoneException.class, () -> http.get(url, 100_000, within))
                .failure();
    }

    private static SSLContext contextOf(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, PASSWORD);
        certificates.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
