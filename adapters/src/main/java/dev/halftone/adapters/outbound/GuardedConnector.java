package dev.halftone.adapters.outbound;

import dev.halftone.domain.network.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Opens the client's sockets: every address is judged again by the socket that dials it, proxies of the
/// environment are not used, and all that happens here ends with the exchange's [Deadline]. The client's own
/// operator would go on to the next address after a cut.
final class GuardedConnector implements HttpClientConnectionOperator {
    /// More connections than a node has turns for; hosts are paced by their permits, not by this pool.
    private static final int CONNECTIONS = 4_096;

    private static final TimeValue IDLE = TimeValue.ofSeconds(5);

    private final GuardedDns dns;
    private final AddressPolicy policy;
    private final TlsSocketStrategy tls;
    private final Duration connectTimeout;

    GuardedConnector(GuardedDns dns, AddressPolicy policy, TlsSocketStrategy tls, Duration connectTimeout) {
        this.dns = dns;
        this.policy = policy;
        this.tls = tls;
        this.connectTimeout = connectTimeout;
    }

    /// A client that connects through this alone and does nothing on its own account. Its connections are kept
    /// for five idle seconds and looked at before they serve again.
    CloseableHttpClient client(String userAgent) {
        Http1Config lines = Http1Config.custom()
                .setMaxLineLength(16 << 10)
                .setMaxHeaderCount(200)
                .build();
        PoolingHttpClientConnectionManagerBuilder pool = new PoolingHttpClientConnectionManagerBuilder() {
            @Override
            protected HttpClientConnectionOperator createConnectionOperator(
                    SchemePortResolver ports, DnsResolver clientsOwn, TlsSocketStrategy clientsOwnTls) {
                return GuardedConnector.this;
            }
        };
        pool.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(lines)
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setIdleTimeout(Timeout.of(IDLE.getDuration(), IDLE.getTimeUnit()))
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(50))
                        .build());
        return HttpClients.custom()
                .setConnectionManager(pool.build())
                .setUserAgent(userAgent)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionKeepAlive(IDLE)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .evictExpiredConnections()
                .evictIdleConnections(IDLE)
                .build();
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable InetSocketAddress local,
            Timeout ignored,
            SocketConfig config,
            @Nullable Object attachment,
            HttpContext context)
            throws IOException {
        Deadline deadline = Deadline.of(context);
        IOException failure = new UnknownHostException("the name has no address");
        for (InetSocketAddress address : dns.resolve(host.getHostName(), host.getPort(), deadline.left())) {
            try {
                open(connection, host, address, deadline, attachment, context);
                return;
            } catch (AddressPolicy.Blocked e) {
                throw e;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private void open(
            ManagedHttpClientConnection connection,
            HttpHost host,
            InetSocketAddress address,
            Deadline deadline,
            @Nullable Object attachment,
            HttpContext context)
            throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        boolean open = false;
        try {
            connection.bind(socket);
            // Asked after the bind: a cut that came before it found no socket to close.
            Duration left = deadline.left();
            judge(host, address);
            socket.setTcpNoDelay(true);
            socket.connect(address, millis(left.compareTo(connectTimeout) < 0 ? left : connectTimeout));
            judge(host, (InetSocketAddress) socket.getRemoteSocketAddress());
            if (host.getSchemeName().equals("https")) {
                socket.setSoTimeout(millis(deadline.left()));
                SSLSocket secured = tls.upgrade(socket, host.getHostName(), host.getPort(), attachment, context);
                connection.bind(secured, socket);
            }
            // From here the deadline alone counts; a cut between here and the request is noticed by the client.
            socket.setSoTimeout(0);
            deadline.left();
            open = true;
        } finally {
            if (!open) {
                socket.close();
            }
        }
    }

    private void judge(HttpHost host, InetSocketAddress address) throws AddressPolicy.Blocked {
        if (!policy.mayDial(host.getHostName(), address.getPort(), IpAddress.of(address.getAddress()))) {
            throw new AddressPolicy.Blocked();
        }
    }

    private static int millis(Duration duration) {
        // Rounded up: what times out here at the deadline must find that it has passed.
        return (int) Math.min(duration.toMillis() + 1, Integer.MAX_VALUE);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            InetSocketAddress local,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        connect(connection, host, null, local, Timeout.DISABLED, config, null, context);
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("a plain connection is never upgraded: there are no proxies");
    }
}
