package dev.halftone.adapters.outbound;

import dev.halftone.domain.network.IpAddress;
import dev.halftone.domain.source.SourceUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What an operator opened besides public addresses: names (`minio`, `images.internal:9000`), all names below
/// one (`*.example.com`), addresses (`10.1.2.3`, `[fd00::1]:8080`) and ranges (`10.0.0.0/8`). An entry without
/// a port opens every port. Immutable.
public final class OutboundAllow {
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s/?#@\\\\,]+");
    private static final Pattern WRITTEN_PORT = Pattern.compile(".*:\\d+");
    private static final String FORMS =
            "; write a host, host:port, *.example.com, an IP address or a range such as 10.0.0.0/8";

    /// @param name in lower-case ASCII; of a wildcard the part behind `*`, so with its leading dot
    private record Name(String name, OptionalInt port) {
        boolean covers(String host, int asked) {
            return (name.startsWith(".") ? host.endsWith(name) : host.equals(name)) && opens(port, asked);
        }
    }

    private record Addresses(IpAddress.Range range, OptionalInt port) {
        boolean covers(IpAddress address, int asked) {
            return range.contains(address) && opens(port, asked);
        }
    }

    private final List<Name> names = new ArrayList<>();
    private final List<Addresses> addresses = new ArrayList<>();

    private OutboundAllow() {}

    /// Nothing besides public addresses.
    public static OutboundAllow none() {
        return new OutboundAllow();
    }

    /// Reads a comma-separated list; blank entries are skipped.
    ///
    /// @throws IllegalArgumentException naming the entry that can't be read and what can be written
    public static OutboundAllow parse(String list) {
        OutboundAllow allow = new OutboundAllow();
        for (String entry : list.split(",")) {
            if (!entry.isBlank()) {
                allow.add(entry.strip());
            }
        }
        return allow;
    }

    boolean covers(String host, int port) {
        return names.stream().anyMatch(name -> name.covers(host, port));
    }

    boolean covers(IpAddress address, int port) {
        return addresses.stream().anyMatch(range -> range.covers(address, port));
    }

    /// Whether some address is opened on this port, so that only a lookup can tell.
    boolean opensAddressesOn(int port) {
        return addresses.stream().anyMatch(range -> opens(range.port(), port));
    }

    private static boolean opens(OptionalInt port, int asked) {
        return port.isEmpty() || port.getAsInt() == asked;
    }

    private void add(String entry) {
        Optional<IpAddress.Range> range = IpAddress.Range.parse(entry);
        if (range.isPresent()) {
            addresses.add(new Addresses(range.get(), OptionalInt.empty()));
        } else if (entry.indexOf('/') >= 0) {
            throw refused(entry, "is not an address range");
        } else if (entry.startsWith("*.")) {
            SourceUrl below = hostOf(entry, entry.substring(2));
            if (literalOf(below.host()).isPresent()) {
                throw refused(entry, "puts a wildcard before an address");
            }
            names.add(new Name("." + below.host(), writtenPort(entry, below)));
        } else {
            SourceUrl exact = hostOf(entry, entry);
            OptionalInt port = writtenPort(entry, exact);
            literalOf(exact.host())
                    .ifPresentOrElse(
                            ip -> addresses.add(new Addresses(new IpAddress.Range(ip, ip.bits()), port)),
                            () -> names.add(new Name(exact.host(), port)));
        }
    }

    /// The host is read as it would be in an image's address, so both sides compare in one form.
    private static SourceUrl hostOf(String entry, String host) {
        if (!HOST_AND_PORT.matcher(host).matches()) {
            throw refused(entry, "is not a host");
        }
        return switch (SourceUrl.parse("http://" + host + "/")) {
            case SourceUrl.Parsed.Valid valid -> valid.url();
            case SourceUrl.Parsed.Invalid invalid -> throw refused(entry, "can't be read: " + invalid.reason());
        };
    }

    private static OptionalInt writtenPort(String entry, SourceUrl url) {
        return WRITTEN_PORT.matcher(entry).matches() ? OptionalInt.of(url.port()) : OptionalInt.empty();
    }

    /// The address that a host of [SourceUrl] spells, with or without brackets.
    static Optional<IpAddress> literalOf(String host) {
        return IpAddress.parse(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private static IllegalArgumentException refused(String entry, String what) {
        return new IllegalArgumentException(String.format(Locale.ROOT, "'%s' %s%s", entry, what, FORMS));
    }
}
