package dev.halftone.domain.source;

import java.util.regex.Pattern;

/// The text of an IPv6 address (RFC 4291 section 2.2) as every program reads it: eight groups of up to four
/// hexadecimal digits, one run of them left out as `::`, the last two perhaps as a dotted quad without leading
/// zeros. No zone.
final class Ipv6Text {
    private static final int GROUPS = 8;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern QUAD =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

    private Ipv6Text() {}

    static boolean isCanonical(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /// @return how many groups they are; negative for what is none
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = parts.length;
        for (int i = 0; i < parts.length; i++) {
            boolean quad =
                    last && i == parts.length - 1 && QUAD.matcher(parts[i]).matches();
            if (!quad && !GROUP.matcher(parts[i]).matches()) {
                return -GROUPS;
            }
            count += quad ? 1 : 0;
        }
        return count;
    }
}
