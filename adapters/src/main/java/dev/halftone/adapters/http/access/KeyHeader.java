package dev.halftone.adapters.http.access;

import io.javalin.http.Context;
import java.util.Optional;

/// A key in a request's headers: `Authorization: Bearer hft_…` (RFC 6750), or `X-Api-Key: hft_…` for clients that
/// can't set the former. Never in an address, which is logged and shared.
final class KeyHeader {
    private static final String BEARER = "Bearer ";

    private KeyHeader() {}

    static Optional<String> of(Context ctx) {
        String authorization = ctx.header("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return Optional.ofNullable(ctx.header("X-Api-Key")).map(String::strip);
    }
}
