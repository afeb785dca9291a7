package dev.halftone.adapters.http.connection;

import dev.halftone.domain.network.IpAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list of networks, each an address or a CIDR (`10.0.0.0/8`, `::1`). No names: nothing is looked up.
public final class Networks {
    public static final Networks NONE = new Networks(List.of());

    private final List<IpAddress.Range> networks;

    private Networks(List<IpAddress.Range> networks) {
        this.networks = List.copyOf(networks);
    }

    /// @param text networks, separated by commas
    /// @throws IllegalArgumentException naming what is none
    public static Networks parse(String text) {
        List<IpAddress.Range> networks = new ArrayList<>();
        for (String written : text.split(",", -1)) {
            if (!written.isBlank()) {
                networks.add(network(written.strip()));
            }
        }
        return networks.isEmpty() ? NONE : new Networks(networks);
    }

    /// No connection comes from an IPv4-mapped address: the JDK makes IPv4 of it. So an address that is written
    /// as one means its IPv4 address, and a range of them holds nobody.
    private static IpAddress.Range network(String written) {
        IpAddress.Range range = IpAddress.Range.parse(written).orElseThrow(() -> none(written));
        IpAddress seen = IpAddress.of(range.base().inet());
        if (seen.equals(range.base())) {
            return range;
        }
        if (range.prefix() < range.base().bits()) {
            throw none(written);
        }
        return new IpAddress.Range(seen, seen.bits());
    }

    private static IllegalArgumentException none(String written) {
        return new IllegalArgumentException("\"" + written + "\" is no address or CIDR such as 10.0.0.0/8");
    }

    /// An address that is written out: four decimal numbers, or IPv6 without brackets and zone.
    static Optional<InetAddress> literal(String text) {
        return IpAddress.parse(text).map(IpAddress::inet);
    }

    public boolean contains(InetAddress address) {
        IpAddress asked = IpAddress.of(address);
        return networks.stream().anyMatch(network -> network.contains(asked));
    }

    /// Whose share an address takes from: who has an IPv6 address has all 2^64 of its network.
    static InetAddress share(InetAddress address) {
        IpAddress all = IpAddress.of(address);
        return all.v6() ? new IpAddress(true, all.high(), 0).inet() : address;
    }
}
