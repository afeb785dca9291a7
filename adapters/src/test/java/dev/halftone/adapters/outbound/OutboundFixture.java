package dev.halftone.adapters.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/// Clients for tests that reach loopback under the names tests use.
public final class OutboundFixture {
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private OutboundFixture() {}

    /// A client that may reach what the list says; every name is 127.0.0.1, except `*.invalid`, which is none, and
    /// `private.example.com`, which is 10.0.0.5.
    public static GuardedHttp client(String allow) throws Exception {
        return client(allow, SSLContext.getDefault());
    }

    static GuardedHttp client(String allow, SSLContext trust) {
        return new GuardedHttp(
                new AddressPolicy(OutboundAllow.parse(allow)),
                GuardedHttp.USER_AGENT,
                InstantSource.fixed(NOW),
                OutboundFixture::addressesOf,
                trust);
    }

    private static InetAddress[] addressesOf(String name) throws UnknownHostException {
        if (name.endsWith(".invalid")) {
            throw new UnknownHostException(name);
        }
        byte[] address = name.equals("private.example.com") ? new byte[] {10, 0, 0, 5} : new byte[] {127, 0, 0, 1};
        return new InetAddress[] {InetAddress.getByAddress(name, address)};
    }
}
