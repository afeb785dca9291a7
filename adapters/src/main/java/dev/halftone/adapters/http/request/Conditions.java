package dev.halftone.adapters.http.request;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Conditional requests (RFC 9110, section 13).
public final class Conditions {

    private Conditions() {}

    /// Whether the client has the representation already: weak comparison of `If-None-Match`.
    public static boolean noneMatchFails(@Nullable String header, String etag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(known -> known.equals("*") || opaque(known).equals(opaque(etag)));
    }

    /// Whether a range may be cut from the representation: strong comparison of `If-Range`; a date never
    /// matches, so that the whole is sent.
    public static boolean rangeHolds(@Nullable String header, String strongEtag) {
        return header == null || header.strip().equals(strongEtag);
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }
}
