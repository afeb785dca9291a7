package dev.halftone.adapters.outbound;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;

/// The one HTTP client that dials what users name. Each call is one request and one answer, to an address that
/// [AddressPolicy] allows, ended by a deadline over everything, with the body counted while it streams. It never
/// follows a redirect, tries again, sends a cookie or credentials, uses a proxy of the environment or asks for a
/// content coding. Thread-safe, made for thousands of virtual threads; blocks the caller. An interrupt ends a call
/// on a virtual thread at once, on a platform thread at its deadline.
public final class GuardedHttp implements AutoCloseable {
    /// What the client calls itself unless an operator names it otherwise.
    public static final String USER_AGENT = "Halftone/0.1";

    private static final long STATUS_ONLY = -1;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final AddressPolicy policy;
    private final InstantSource clock;
    private final GuardedDns dns;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor timers;

    /// @param clock reads dates in `Retry-After`
    public GuardedHttp(AddressPolicy policy, String userAgent, InstantSource clock) {
        this(policy, userAgent, clock, InetAddress::getAllByName, trustOfThePlatform());
    }

    GuardedHttp(
            AddressPolicy policy, String userAgent, InstantSource clock, GuardedDns.Lookup lookup, SSLContext trust) {
        this.policy = policy;
        this.clock = clock;
        dns = new GuardedDns(policy, lookup);
        TlsSocketStrategy tls =
                ClientTlsStrategyBuilder.create().setSslContext(trust).buildClassic();
        client = new GuardedConnector(dns, policy, tls, CONNECT_TIMEOUT).client(userAgent);
        timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("halftone-deadlines").daemon().factory());
        timers.setRemoveOnCancelPolicy(true);
    }

    /// Fetches an address.
    ///
    /// @param maxBytes the most its body may have, decoded
    /// @param within time for everything, from the name's lookup to the body's last byte
    /// @throws HalftoneException when no whole answer was had; an answer of any status is an answer
    /// @throws InterruptedException when the caller was interrupted while it waited
    public Answer get(SourceUrl url, long maxBytes, Duration within) throws InterruptedException {
        HttpUriRequestBase request = requestOf("GET", url);
        request.setHeader("Accept", "*/*");
        request.setHeader("Accept-Encoding", "identity");
        return exchange(request, url, maxBytes, within);
    }

    /// Posts bytes and reads the answer's status and how its body begins, at most 64 KiB. The status is the answer:
    /// a body that breaks off, or is not at its end in time, changes nothing about it.
    ///
    /// @throws HalftoneException when no answer was had
    /// @throws InterruptedException when the caller was interrupted while it waited
    public Answer post(SourceUrl url, Map<String, String> headers, String mediaType, byte[] body, Duration within)
            throws InterruptedException {
        HttpUriRequestBase request = requestOf("POST", url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.create(mediaType)));
        return exchange(request, url, STATUS_ONLY, within);
    }

    /// The parts are set one by one: the client would read an address with `_` in its host as one without host.
    private HttpUriRequestBase requestOf(String method, SourceUrl url) {
        policy.check(url);
        URI uri = url.uri();
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create("/"));
        String host = url.host();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        request.setScheme(uri.getScheme());
        request.setAuthority(new URIAuthority(bare, url.uri().getRawAuthority().equals(host) ? -1 : url.port()));
        request.setPath(uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery());
        return request;
    }

    private Answer exchange(HttpUriRequestBase request, SourceUrl url, long maxBytes, Duration within)
            throws InterruptedException {
        HttpHost target =
                new HttpHost(request.getScheme(), request.getAuthority().getHostName(), url.port());
        HttpClientContext context = HttpClientContext.create();
        try (Deadline deadline = new Deadline(timers, within, request::cancel)) {
            deadline.accompany(context);
            try {
                return read(client.executeOpen(target, request, context), request, maxBytes);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException().initCause(e);
                }
                throw Unanswered.of(e, deadline, within);
            }
        }
    }

    private Answer read(ClassicHttpResponse response, HttpUriRequestBase request, long maxBytes) throws IOException {
        boolean whole = false;
        try {
            Answer head = new Answer(
                    response.getCode(),
                    header(response, "Location"),
                    header(response, "Retry-After").flatMap(text -> RetryAfter.parse(text, clock.instant())),
                    new byte[0]);
            if (maxBytes == STATUS_ONLY) {
                Body.Beginning beginning = Body.beginning(response.getEntity());
                whole = beginning.whole();
                return new Answer(head.status(), head.location(), head.retryAfter(), beginning.bytes());
            }
            if (!head.isSuccess()) {
                whole = Body.drain(response.getEntity());
                return head;
            }
            byte[] body = Body.read(response.getEntity(), maxBytes);
            whole = true;
            return new Answer(head.status(), head.location(), head.retryAfter(), body);
        } finally {
            if (!whole) {
                // Closing alone would read an endless body to its end.
                request.cancel();
            }
            closeQuietly(response);
        }
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException alreadyCut) {
            // The connection is gone, which is what closing wanted.
        }
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    private static SSLContext trustOfThePlatform() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java platform's trust store can't be read", e);
        }
    }

    /// Cuts what is under way.
    @Override
    public void close() {
        timers.shutdownNow();
        dns.close();
        client.close(CloseMode.IMMEDIATE);
    }
}
