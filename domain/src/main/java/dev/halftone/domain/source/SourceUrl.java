package dev.halftone.domain.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// The address of an image in the one form that is dialled: scheme and host in lower case, the host a DNS name
/// in ASCII without a closing dot, a canonical dotted quad or a bracketed IPv6 literal without zone, the path
/// and query percent-encoded, no user information, no fragment. Whatever two parsers could read differently
/// (backslashes, short or octal addresses, encoded hosts) is refused here, before any name is resolved.
/// `file:` addresses exist only where a caller made them with [#ofFile].
public record SourceUrl(URI uri) {

    /// Longest address accepted, in characters.
    public static final int MAX_LENGTH = 8_192;

    private static final Pattern SCHEME = Pattern.compile("(?i)^([a-z][a-z0-9+.-]*):");

    public SourceUrl {
        String scheme = uri.getScheme();
        if (!uri.isAbsolute() || !(scheme.equals("http") || scheme.equals("https") || scheme.equals("file"))) {
            throw new IllegalArgumentException("not an image address: " + uri);
        }
    }

    /// What [#parse] found.
    public sealed interface Parsed {
        /// @param repaired whether the text had characters that no URL may hold (a space, brackets), now
        /// percent-encoded
        record Valid(SourceUrl url, boolean repaired) implements Parsed {}

        /// @param reason what is wrong, never with a password in it
        record Invalid(String reason) implements Parsed {}
    }

    /// An image on this machine's disk.
    public static SourceUrl ofFile(java.nio.file.Path file) {
        return new SourceUrl(file.toAbsolutePath().normalize().toUri());
    }

    public boolean isFile() {
        return uri.getScheme().equals("file");
    }

    /// The host as dialled, brackets kept; empty for a file.
    public String host() {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return "";
        }
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /// The port as written, else the scheme's own; -1 for a file.
    public int port() {
        if (isFile()) {
            return -1;
        }
        String authority = uri.getRawAuthority();
        int colon = authority.lastIndexOf(':');
        if (colon > authority.lastIndexOf(']')) {
            return Integer.parseInt(authority.substring(colon + 1));
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    /// Reads an `http` or `https` address as people write it in a CSV.
    public static Parsed parse(String written) {
        String text = written.strip();
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Invalid("the address has " + text.length() + " characters, the limit is " + MAX_LENGTH);
        }
        var schemeMatch = SCHEME.matcher(text);
        if (!schemeMatch.find()) {
            return new Parsed.Invalid("not an absolute http:// or https:// address");
        }
        String scheme = schemeMatch.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Parsed.Invalid("the scheme is " + scheme + ", only http and https are fetched");
        }
        String rest = text.substring(schemeMatch.end());
        if (!rest.startsWith("//")) {
            return new Parsed.Invalid("not an absolute http:// or https:// address");
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\')) {
            return new Parsed.Invalid("the address holds a control character or a backslash");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return new Parsed.Invalid("the address holds half a character");
        }
        int end = endOfAuthority(rest);
        return ofParts(scheme, rest.substring(2, end), rest.substring(end));
    }

    private static int endOfAuthority(String rest) {
        for (int i = 2; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return rest.length();
    }

    private static Parsed ofParts(String scheme, String authority, String tail) {
        if (authority.indexOf('@') >= 0) {
            return new Parsed.Invalid("the address holds a user name or password; those are never sent");
        }
        String host = authority;
        String port = "";
        int colon = authority.lastIndexOf(':');
        if (colon > authority.lastIndexOf(']')) {
            host = authority.substring(0, colon);
            port = authority.substring(colon + 1);
            if (!port.isEmpty()
                    && (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || Integer.parseInt(port) == 0)) {
                return new Parsed.Invalid("the port is not a number from 1 to 65535");
            }
        }
        String dialled;
        switch (DialledHost.of(host)) {
            case DialledHost.Good good -> dialled = good.name();
            case DialledHost.Bad bad -> {
                return new Parsed.Invalid(bad.reason());
            }
        }
        int fragment = tail.indexOf('#');
        String sent = fragment >= 0 ? tail.substring(0, fragment) : tail;
        String encoded = percentEncoded(sent);
        String path = encoded.startsWith("/") ? encoded : "/" + encoded;
        try {
            URI uri = new URI(scheme + "://" + dialled + (port.isEmpty() ? "" : ":" + Integer.parseInt(port)) + path);
            return new Parsed.Valid(new SourceUrl(uri), !encoded.equals(sent));
        } catch (URISyntaxException e) {
            return new Parsed.Invalid("not a valid address: " + e.getReason());
        }
    }

    /// Encodes what RFC 3986 does not allow in a path or query; escapes that are already there stay as they
    /// are, a lone `%` becomes `%25`.
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < utf8.length; i++) {
            char c = (char) (utf8[i] & 0xff);
            boolean escape = c == '%' && i + 2 < utf8.length && isHex(utf8[i + 1]) && isHex(utf8[i + 2]);
            if (escape || c != '%' && isAllowed(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isAllowed(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0);
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }

    private static char hex(int nibble) {
        return Character.toUpperCase(Character.forDigit(nibble, 16));
    }
}
