package dev.halftone.adapters.outbound;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.network.IpAddress;
import dev.halftone.domain.source.SourceUrl;
import java.util.List;
import java.util.Set;

/// Who may be dialled: public addresses ([SpecialRanges]) under public names on ports 80 and 443, and what an
/// operator allowed. Asked three times for each request and each redirect: on the written address ([#check]),
/// on every address its name resolves to, and on the address a socket is about to connect to ([#mayDial]). A
/// name of a private network may be dialled without its own entry when every address behind it is in an
/// allowed range. Refusals never tell which rule or address it was. Immutable.
public final class AddressPolicy {
    private static final Set<Integer> PORTS = Set.of(80, 443);
    private static final List<String> PRIVATE_SUFFIXES =
            List.of(".localhost", ".local", ".internal", ".svc", ".home.arpa", ".lan", ".intranet", ".corp");

    private final OutboundAllow allow;

    public AddressPolicy(OutboundAllow allow) {
        this.allow = allow;
    }

    /// Checks an address as written, before any name is looked up.
    ///
    /// @throws HalftoneException with `blocked_address`, or `invalid_url` for a file
    public void check(SourceUrl url) {
        if (url.isFile()) {
            throw HalftoneException.of(FailureCode.INVALID_URL, "the scheme is file, only http and https are fetched");
        }
        String host = url.host();
        int port = url.port();
        boolean open = OutboundAllow.literalOf(host)
                .map(address -> mayDial(host, port, address))
                .orElseGet(() -> mayLookUp(host, port));
        if (!open) {
            throw blocked();
        }
    }

    /// Whether a connection to this address may be opened for this host.
    boolean mayDial(String host, int port, IpAddress address) {
        return allow.covers(host, port)
                || allow.covers(address, port)
                || isPublicName(host, port) && !SpecialRanges.contains(address);
    }

    private boolean mayLookUp(String host, int port) {
        return allow.covers(host, port) || allow.opensAddressesOn(port) || isPublicName(host, port);
    }

    private static boolean isPublicName(String host, int port) {
        String dotted = "." + host;
        boolean literal = OutboundAllow.literalOf(host).isPresent();
        boolean publicName = host.indexOf('.') > 0
                && !host.startsWith("[")
                && PRIVATE_SUFFIXES.stream().noneMatch(dotted::endsWith);
        return PORTS.contains(port) && (literal || publicName);
    }

    /// The one refusal, the same for every reason.
    static HalftoneException blocked() {
        return HalftoneException.of(FailureCode.BLOCKED_ADDRESS, "the address is not public");
    }

    /// Ends a connection attempt that the policy forbids.
    static final class Blocked extends java.io.IOException {
        private static final long serialVersionUID = 1L;

        Blocked() {
            super("the address is not public");
        }
    }
}
