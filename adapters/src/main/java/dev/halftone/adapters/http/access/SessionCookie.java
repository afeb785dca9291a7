package dev.halftone.adapters.http.access;

import dev.halftone.domain.access.SecretToken;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/// The cookie that carries a session: no script reads it, no other site sends it, and where there is https nothing
/// else carries it (`__Host-`: no other host of the domain has set it either).
final class SessionCookie {
    /// How long somebody stays logged in.
    static final Duration LASTS = Duration.ofHours(12);

    private SessionCookie() {}

    private static String name(boolean https) {
        return https ? "__Host-halftone" : "halftone";
    }

    static Optional<SecretToken> of(Context ctx, boolean https) {
        return Optional.ofNullable(ctx.cookie(name(https)))
                .flatMap(text -> SecretToken.parse(SecretToken.Kind.SESSION, text));
    }

    static void set(Context ctx, boolean https, SecretToken session) {
        header(ctx, https, session.text(), LASTS);
    }

    static void remove(Context ctx, boolean https) {
        header(ctx, https, "", Duration.ZERO);
    }

    private static void header(Context ctx, boolean https, String value, Duration lasts) {
        ctx.header(
                "Set-Cookie",
                name(https) + "=" + value + "; Path=/; Max-Age=" + lasts.toSeconds() + "; HttpOnly; SameSite=Strict"
                        + (https ? "; Secure" : ""));
    }
}
