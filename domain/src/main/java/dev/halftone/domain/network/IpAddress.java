package dev.halftone.domain.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An IP address as a number, read from its canonical text or from a resolver's answer. An IPv4 address stays
/// IPv4 and an IPv6 address that embeds one stays IPv6: what an embedding means is for its reader to say.
///
/// @param v6 whether it is an IPv6 address
/// @param high the upper 64 bits of an IPv6 address, else 0
/// @param low the lower 64 bits, or the 32 bits of an IPv4 address
public record IpAddress(boolean v6, long high, long low) {

    private static final int GROUPS = 8;

    public IpAddress {
        if (!v6 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    public static IpAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new IpAddress(false, 0, buffer.getInt() & 0xffff_ffffL)
                : new IpAddress(true, buffer.getLong(), buffer.getLong());
    }

    /// Reads `192.0.2.1` (four decimal parts, no leading zeros) or `2001:db8::1`, `::ffff:192.0.2.1` (no
    /// brackets, no zone); everything else is empty. No name is ever looked up.
    public static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
    }

    public byte[] bytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /// The same address for a socket. The JDK makes IPv4 of an IPv4-mapped IPv6 address.
    public InetAddress inet() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    public int bits() {
        return v6 ? 128 : 32;
    }

    private BigInteger number() {
        return new BigInteger(1, bytes());
    }

    private static Optional<IpAddress> parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return Optional.of(new IpAddress(false, 0, value));
    }

    private static Optional<IpAddress> parseV6(String text) {
        String hex = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') > lastColon) {
            Optional<IpAddress> tail = parseV4(text.substring(lastColon + 1));
            if (tail.isEmpty()) {
                return Optional.empty();
            }
            long quad = tail.get().low();
            hex = text.substring(0, lastColon + 1) + Long.toHexString(quad >>> 16) + ":"
                    + Long.toHexString(quad & 0xffff);
        }
        int gap = hex.indexOf("::");
        String[] front = groups(gap < 0 ? hex : hex.substring(0, gap));
        String[] back = gap < 0 ? new String[0] : groups(hex.substring(gap + 2));
        int written = front.length + back.length;
        if (gap < 0 ? written != GROUPS : written >= GROUPS) {
            return Optional.empty();
        }
        ByteBuffer bits = ByteBuffer.allocate(16);
        for (int i = 0; i < GROUPS; i++) {
            int fromBack = i - (GROUPS - back.length);
            String group = i < front.length ? front[i] : fromBack >= 0 ? back[fromBack] : "0";
            if (!group.matches("[0-9A-Fa-f]{1,4}")) {
                return Optional.empty();
            }
            bits.putShort((short) Integer.parseInt(group, 16));
        }
        return Optional.of(new IpAddress(true, bits.getLong(0), bits.getLong(8)));
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    /// The addresses that share a first few bits.
    ///
    /// @param prefix how many bits, 0–32 or 0–128
    public record Range(IpAddress base, int prefix) {

        public Range {
            if (prefix < 0 || prefix > base.bits()) {
                throw new IllegalArgumentException("a prefix is 0 to " + base.bits() + " bits, not " + prefix);
            }
        }

        /// Reads CIDR text such as `10.0.0.0/8`; an address alone is the range of that one address.
        public static Optional<Range> parse(String text) {
            int slash = text.indexOf('/');
            Optional<IpAddress> base = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            if (slash < 0) {
                return base.map(address -> new Range(address, address.bits()));
            }
            String prefix = text.substring(slash + 1);
            return base.filter(address ->
                            prefix.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(prefix) <= address.bits())
                    .map(address -> new Range(address, Integer.parseInt(prefix)));
        }

        public boolean contains(IpAddress address) {
            int ignored = base.bits() - prefix;
            return address.v6() == base.v6()
                    && address.number().shiftRight(ignored).equals(base.number().shiftRight(ignored));
        }
    }
}
