package dev.halftone.adapters.http;

import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import io.javalin.http.Context;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// The headers that every answer has. Pages load their style and pictures from here and run nothing.
final class SecurityHeaders {
    private final Map<String, String> headers = new LinkedHashMap<>();

    /// @param images where pictures are shown from besides this server
    SecurityHeaders(String images) {
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'" + images
                        + "; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cache-Control", "no-store");
    }

    /// A store may hand out addresses of another host; its origin is where pages show pictures from.
    static SecurityHeaders showing(ObjectStore objects) {
        URI sample = objects.publicUrl(new ObjectKey("batches/sample"));
        return new SecurityHeaders(
                sample.isAbsolute() ? " " + sample.getScheme() + "://" + sample.getRawAuthority() : "");
    }

    void addTo(Context ctx) {
        headers.forEach(ctx::header);
    }

    Map<String, String> all() {
        return Map.copyOf(headers);
    }
}
