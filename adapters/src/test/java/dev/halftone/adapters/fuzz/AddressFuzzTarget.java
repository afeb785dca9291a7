package dev.halftone.adapters.fuzz;

import dev.halftone.adapters.outbound.AddressPolicy;
import dev.halftone.adapters.outbound.OutboundAllow;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.source.SourceUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An address is refused, or stays what it is however often it is read, has nothing in it that two programs
/// read differently, and passes the guard only where the JDK too calls it public.
public final class AddressFuzzTarget {
    private static final AddressPolicy GUARD = new AddressPolicy(OutboundAllow.none());

    private AddressFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) throws UnknownHostException {
        boolean _ = isTaken(input);
    }

    /// Whether the input was taken rather than refused.
    static boolean isTaken(byte[] input) throws UnknownHostException {
        String written = new String(input, StandardCharsets.UTF_8);
        if (!(SourceUrl.parse(written) instanceof SourceUrl.Parsed.Valid(SourceUrl url, boolean repaired))) {
            return false;
        }
        String text = url.toString();
        boolean same = SourceUrl.parse(text) instanceof SourceUrl.Parsed.Valid(SourceUrl again, boolean repairedAgain)
                && !repairedAgain
                && again.equals(url);
        require(same, "is another when it is read again: " + text);
        require(text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\'), "has a stray character: " + text);
        require(url.uri().getRawUserInfo() == null && url.uri().getRawFragment() == null, "has more parts: " + text);
        require(url.port() > 0 && url.port() < 65_536, "has the port " + url.port());
        String host = url.host();
        require(host.equals(host.toLowerCase(Locale.ROOT)) && !host.isEmpty(), "has the host " + host);
        String seen = url.uri().getHost();
        require(seen == null || seen.equals(host), "the JDK reads the host " + seen + ", not " + host);
        if (passes(url)) {
            require(url.port() == 80 || url.port() == 443, "passes on port " + url.port());
            require(!isOwn(host), "passes: " + text);
        }
        return true;
    }

    private static boolean passes(SourceUrl url) {
        try {
            GUARD.check(url);
            return true;
        } catch (HalftoneException refused) {
            require(refused.failure().code() == FailureCode.BLOCKED_ADDRESS, "is refused as " + refused.failure());
            require(
                    refused.failure().detail().equals("the address is not public"),
                    refused.failure().detail());
            return false;
        }
    }

    /// Literals alone: no name is looked up here.
    private static boolean isOwn(String host) throws UnknownHostException {
        if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
            return host.equals("localhost") || host.endsWith(".localhost") || host.endsWith(".internal");
        }
        InetAddress address = InetAddress.getByName(host);
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
