package dev.halftone.adapters.csv;

import java.util.regex.Pattern;

/// Text of the file as it stands in messages: short, on one line, without passwords.
final class Shown {
    private static final int LONGEST = 80;

    /// User name and password, up to the last `@` before the path. A password may hold what would end the
    /// authority, so where a colon is followed by something else than a port, up to the last `@` of all.
    private static final Pattern USER = Pattern.compile(
            "(?i)\\A(\\s*[a-z][a-z0-9+.-]*:[/\\\\]*)(?:[^/?#\\s]*@|[^/?#\\s:@]*:(?!\\d*(?:[/?#]|$))\\S*@)");

    private Shown() {}

    /// One address with user name and password starred out.
    static String withoutPassword(String address) {
        return USER.matcher(address).replaceFirst("$1***@");
    }

    static String of(String text) {
        String start = text.substring(0, Math.min(text.length(), 2_000));
        String line = withoutPassword(start).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
