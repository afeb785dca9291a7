package dev.halftone.adapters.outbound.download;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.source.SourceUrl;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// Works out where a redirect leads (RFC 3986 section 5) and reads it as strictly as any address of a CSV.
final class Redirect {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:");

    private Redirect() {}

    /// @param location the header as it came: absolute or relative, bytes beyond ASCII as Latin-1 characters
    /// @throws HalftoneException with `invalid_url` for what is not an `http` or `https` address
    static SourceUrl follow(SourceUrl from, String location) {
        return switch (SourceUrl.parse(absolute(from, utf8Of(location.strip())))) {
            case SourceUrl.Parsed.Valid valid -> valid.url();
            case SourceUrl.Parsed.Invalid invalid ->
                throw HalftoneException.of(
                        FailureCode.INVALID_URL, "the host redirects to an unusable address: " + invalid.reason());
        };
    }

    private static String absolute(SourceUrl from, String location) {
        if (SCHEME.matcher(location).find()) {
            return location;
        }
        String scheme = from.uri().getScheme() + ":";
        if (location.startsWith("//")) {
            return scheme + location;
        }
        String origin = scheme + "//" + from.uri().getRawAuthority();
        if (location.startsWith("/")) {
            return origin + location;
        }
        String path = from.uri().getRawPath();
        if (location.isEmpty() || location.startsWith("?") || location.startsWith("#")) {
            return origin + path + location;
        }
        int tail = endOfPath(location);
        String merged = path.substring(0, path.lastIndexOf('/') + 1) + location.substring(0, tail);
        return origin + withoutDots(merged) + location.substring(tail);
    }

    private static int endOfPath(String reference) {
        for (int i = 0; i < reference.length(); i++) {
            if (reference.charAt(i) == '?' || reference.charAt(i) == '#') {
                return i;
            }
        }
        return reference.length();
    }

    /// RFC 3986 section 5.2.4; empty segments are segments and stay.
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last) {
                        kept.addLast("");
                    }
                }
                case ".." -> {
                    kept.pollLast();
                    if (last) {
                        kept.addLast("");
                    }
                }
                default -> kept.addLast(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }

    /// Hosts that put letters beyond ASCII in a header mean UTF-8.
    private static String utf8Of(String header) {
        if (header.chars().allMatch(c -> c < 0x80) || header.chars().anyMatch(c -> c > 0xff)) {
            return header;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin) {
            return header;
        }
    }
}
