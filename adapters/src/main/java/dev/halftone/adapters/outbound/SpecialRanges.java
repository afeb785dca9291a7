package dev.halftone.adapters.outbound;

import dev.halftone.domain.network.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are not plain public unicast: the whole of IANA's two special-purpose registries (RFC 6890
/// and its successors), multicast, what is outside the one block that IANA allots to global unicast IPv6, every
/// way of hiding an IPv4 address in an IPv6 one, and a cloud's own address that only looks public. The JDK's
/// `InetAddress.isXxx` know a fraction of these (not even unique local IPv6 or shared address space), so they
/// are not asked.
final class SpecialRanges {

    private static final List<IpAddress.Range> V4 = ranges(
            "0.0.0.0/8", // this network; 0.0.0.0 reaches this very host
            "10.0.0.0/8", // private use
            "100.64.0.0/10", // shared address space of carriers; a cloud's metadata service
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's WireServer: not in any registry, answers inside every virtual machine
            "169.254.0.0/16", // link-local; the metadata services
            "172.16.0.0/12", // private use
            "192.0.0.0/24", // IETF protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // automatic multicast tunnelling
            "192.88.99.0/24", // 6to4 relays, deprecated
            "192.168.0.0/16", // private use
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and limited broadcast

    private static final IpAddress.Range GLOBAL_V6 = range("2000::/3");

    private static final List<IpAddress.Range> V6 = ranges(
            "2001::/23", // IETF protocol assignments: Teredo, benchmarking, ORCHID, anycast services
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: holds an IPv4 address
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private SpecialRanges() {}

    static boolean contains(IpAddress address) {
        if (!address.v6()) {
            return V4.stream().anyMatch(range -> range.contains(address));
        }
        return !GLOBAL_V6.contains(address)
                || isIsatap(address)
                || V6.stream().anyMatch(range -> range.contains(address));
    }

    /// RFC 5214: under any prefix, the interface identifier `0000:5efe` or `0200:5efe` is followed by an IPv4
    /// address that a router of that site would deliver to.
    private static boolean isIsatap(IpAddress address) {
        long identifier = address.low() >>> 32;
        return (identifier & ~0x0200_0000L) == 0x5efeL;
    }

    private static IpAddress.Range range(String cidr) {
        return IpAddress.Range.parse(cidr).orElseThrow();
    }

    private static List<IpAddress.Range> ranges(String... cidrs) {
        return Stream.of(cidrs).map(SpecialRanges::range).toList();
    }
}
