package dev.halftone.adapters.http.connection;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who asks: the address at the other end of the connection, or, where that is a proxy of the operator's, the
/// one that it says in `X-Forwarded-For`. What others write there is not read. Thread-safe.
public final class ClientAddress {
    private final Networks proxies;

    public ClientAddress(Networks proxies) {
        this.proxies = proxies;
    }

    /// An address in its canonical form; of an IPv6 address the network, which is all one client's.
    public String of(Context ctx) {
        List<String> said = new ArrayList<>();
        for (var lines = ctx.req().getHeaders("X-Forwarded-For"); lines.hasMoreElements(); ) {
            said.addAll(List.of(lines.nextElement().split(",", -1)));
        }
        return of(ctx.req().getRemoteAddr(), said);
    }

    /// Each proxy adds whom it got the request from at the end. So the list is read from there, for as long as
    /// those who wrote are proxies; what is before may be anyone's invention.
    ///
    /// @param peer at the other end of the connection
    /// @param said the list, the nearest last
    String of(String peer, List<String> said) {
        Optional<InetAddress> nearest = Networks.literal(bare(peer));
        if (nearest.isEmpty()) {
            return peer;
        }
        InetAddress client = nearest.get();
        for (int i = said.size() - 1; i >= 0 && proxies.contains(client); i--) {
            Optional<InetAddress> before = Networks.literal(bare(said.get(i).strip()));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return Networks.share(client).getHostAddress();
    }

    /// Without brackets, port and zone, which some proxies write.
    private static String bare(String written) {
        if (written.startsWith("[")) {
            int end = written.indexOf(']');
            return end < 0 ? written : bareZone(written.substring(1, end));
        }
        boolean port = written.indexOf(':') >= 0 && written.indexOf(':') == written.lastIndexOf(':');
        return port ? written.substring(0, written.indexOf(':')) : bareZone(written);
    }

    private static String bareZone(String written) {
        int zone = written.indexOf('%');
        return zone < 0 ? written : written.substring(0, zone);
    }
}
