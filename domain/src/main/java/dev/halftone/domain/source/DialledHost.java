package dev.halftone.domain.source;

import dev.halftone.domain.network.IpAddress;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// The host of an address, as people write it, in the one form that is dialled: a DNS name in lower-case ASCII
/// without a closing dot, four decimal numbers, or a bracketed IPv6 literal without zone. What two programs
/// could read differently has no such form.
sealed interface DialledHost {
    record Good(String name) implements DialledHost {}

    /// @param reason why there is none
    record Bad(String reason) implements DialledHost {}

    Pattern DNS_NAME =
            Pattern.compile("(?i)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    /// Programs take such a name for a number.
    Pattern NUMERIC_END = Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    static DialledHost of(String written) {
        if (written.isEmpty()) {
            return new Bad("the address has no host");
        }
        if (written.startsWith("[")) {
            return written.endsWith("]") && isAddress(written.substring(1, written.length() - 1), true)
                    ? new Good(written.toLowerCase(Locale.ROOT))
                    : new Bad("the IPv6 address is malformed or names a zone");
        }
        return written.indexOf('%') >= 0 ? new Bad("the host is percent-encoded") : ofName(written);
    }

    private static DialledHost ofName(String written) {
        boolean ascii = written.chars().allMatch(c -> c < 0x80);
        String name;
        try {
            name = ascii ? written : IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            return new Bad("the host is not a valid name");
        }
        name = name.toLowerCase(Locale.ROOT);
        if (name.endsWith(".") && !NUMERIC_END.matcher(name).matches()) {
            name = name.substring(0, name.length() - 1);
        }
        boolean quad = isAddress(name, false);
        if (!quad && NUMERIC_END.matcher(name).matches()) {
            return new Bad("the host is a number in a form that programs read differently; write four decimal parts");
        }
        if (quad && !ascii) {
            return new Bad("the host spells an address with letters of another script");
        }
        return quad || name.length() <= 253 && DNS_NAME.matcher(name).matches()
                ? new Good(name)
                : new Bad("the host is not a valid name");
    }

    private static boolean isAddress(String text, boolean v6) {
        return IpAddress.parse(text).filter(address -> address.v6() == v6).isPresent();
    }
}
