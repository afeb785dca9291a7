package dev.halftone.adapters.http.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A list of networks, each an address or a CIDR (`10.0.0.0/8`, `::1`). No names: nothing is looked up.
public final class Networks {
    public static final Networks NONE = new Networks(List.of());

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Network(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param text networks, separated by commas
    /// @throws IllegalArgumentException naming what is none
    public static Networks parse(String text) {
        List<Network> networks = new ArrayList<>();
        for (String written : text.split(",", -1)) {
            if (!written.isBlank()) {
                networks.add(network(written.strip()));
            }
        }
        return networks.isEmpty() ? NONE : new Networks(networks);
    }

    private static Network network(String written) {
        String[] parts = written.split("/", 2);
        InetAddress address = literal(parts[0]).orElseThrow(() -> none(written));
        int most = address.getAddress().length * 8;
        if (parts.length == 1) {
            return new Network(address.getAddress(), most);
        }
        if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > most) {
            throw none(written);
        }
        return new Network(address.getAddress(), Integer.parseInt(parts[1]));
    }

    private static IllegalArgumentException none(String written) {
        return new IllegalArgumentException("\"" + written + "\" is no address or CIDR such as 10.0.0.0/8");
    }

    /// An address that is written out: four decimal numbers, or IPv6 without brackets and zone.
    static Optional<InetAddress> literal(String text) {
        boolean four = text.matches("(\\d{1,3}\\.){3}\\d{1,3}");
        if (!four && !text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /// Whose share an address takes from: who has an IPv6 address has all 2^64 of its network.
    static InetAddress share(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address;
        }
        Arrays.fill(bytes, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
