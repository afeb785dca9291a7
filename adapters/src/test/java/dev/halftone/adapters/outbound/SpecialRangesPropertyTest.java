package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.network.IpAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ten thousand addresses from a seed, most of them at the edges where a wrong prefix shows, against a table
/// of its own: first and last addresses rather than prefixes, compared as numbers, and the embeddings told by
/// their text.
class SpecialRangesPropertyTest {
    private static final int ADDRESSES = 10_000;
    private static final long SEED = 20261121;

    /// IANA's special-purpose registry for IPv4 (and multicast, what is reserved, and Azure's own address), as
    /// of 2026.
    private static final String[][] V4 = {
        {"0.0.0.0", "0.255.255.255"},
        {"10.0.0.0", "10.255.255.255"},
        {"100.64.0.0", "100.127.255.255"},
        {"127.0.0.0", "127.255.255.255"},
        {"168.63.129.16", "168.63.129.16"},
        {"169.254.0.0", "169.254.255.255"},
        {"172.16.0.0", "172.31.255.255"},
        {"192.0.0.0", "192.0.0.255"},
        {"192.0.2.0", "192.0.2.255"},
        {"192.31.196.0", "192.31.196.255"},
        {"192.52.193.0", "192.52.193.255"},
        {"192.88.99.0", "192.88.99.255"},
        {"192.168.0.0", "192.168.255.255"},
        {"192.175.48.0", "192.175.48.255"},
        {"198.18.0.0", "198.19.255.255"},
        {"198.51.100.0", "198.51.100.255"},
        {"203.0.113.0", "203.0.113.255"},
        {"224.0.0.0", "255.255.255.255"},
    };

    /// The same for IPv6; all that is not allotted to global unicast is special by that.
    private static final String[][] V6 = {
        {"::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"},
        {"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    };

    /// Ways to put an IPv4 address into an IPv6 one; `Q` is its two groups, `I` those inverted, `N` any group.
    private static final String[] EMBEDDINGS = {
        "::Q", // IPv4-compatible
        "::ffff:Q", // IPv4-mapped
        "::ffff:0:Q", // IPv4-translated
        "64:ff9b::Q", // NAT64
        "64:ff9b:1:N::Q", // NAT64 of a site
        "2002:Q::N", // 6to4
        "2001:0:Q:N:0:8.8.8.8", // Teredo, as its server
        "2001:0:N:N:0:0:I", // Teredo, as its client
        "2600:N:N:N:0:5efe:Q", // ISATAP
        "2a00:N:N:N:200:5efe:Q", // ISATAP of a public address
        "fe80::5efe:Q", // ISATAP on a link
    };

    private final Random random = new Random(SEED);

    @Test
    void tenThousandAddressesAreSpecialWhereAnotherTableSaysSo() throws UnknownHostException {
        List<String> wrong = new ArrayList<>();
        int special = 0;
        for (int i = 0; i < ADDRESSES; i++) {
            IpAddress address = next(i);
            boolean expected = expected(address);
            special += expected ? 1 : 0;
            if (SpecialRanges.contains(address) != expected) {
                wrong.add(text(address) + (expected ? " is special" : " is public"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(special).as("both kinds come up").isBetween(ADDRESSES / 4, ADDRESSES * 9 / 10);
    }

    private IpAddress next(int i) {
        return switch (i % 4) {
            case 0 -> atAnEdge(V4, 32);
            case 1 -> atAnEdge(V6, 128);
            case 2 -> parsed(embedding());
            default -> random.nextBoolean() ? of(false, new BigInteger(32, random)) : global();
        };
    }

    private IpAddress atAnEdge(String[][] table, int bits) {
        BigInteger edge = number(parsed(table[random.nextInt(table.length)][random.nextInt(2)]));
        BigInteger step = new BigInteger(random.nextInt(bits), random);
        BigInteger moved = random.nextBoolean() ? edge.add(step) : edge.subtract(step);
        return of(bits == 128, moved.mod(BigInteger.ONE.shiftLeft(bits)));
    }

    private IpAddress global() {
        BigInteger bits = new BigInteger(125, random);
        return of(true, bits.setBit(125));
    }

    private String embedding() {
        int quad =
                random.nextBoolean() ? random.nextInt() : (int) atAnEdge(V4, 32).low();
        String text = EMBEDDINGS[random.nextInt(EMBEDDINGS.length)];
        text = text.replace("Q", "%x:%x".formatted(quad >>> 16, quad & 0xffff))
                .replace("I", "%x:%x".formatted(~quad >>> 16, ~quad & 0xffff));
        while (text.contains("N")) {
            text = text.replaceFirst("N", "%x".formatted(random.nextInt(0x10000)));
        }
        return text;
    }

    private static boolean expected(IpAddress address) throws UnknownHostException {
        BigInteger number = number(address);
        for (String[] range : address.v6() ? V6 : V4) {
            if (number(parsed(range[0])).compareTo(number) <= 0 && number.compareTo(number(parsed(range[1]))) <= 0) {
                return true;
            }
        }
        return address.v6() && text(address).matches("([0-9a-f]+:){4}(200:|0:)5efe:.*");
    }

    /// All eight groups, without leading zeros.
    private static String text(IpAddress address) throws UnknownHostException {
        return InetAddress.getByAddress(address.bytes()).getHostAddress();
    }

    private static IpAddress parsed(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.bytes());
    }

    private static IpAddress of(boolean v6, BigInteger number) {
        return new IpAddress(v6, number.shiftRight(64).longValue(), number.longValue());
    }
}
