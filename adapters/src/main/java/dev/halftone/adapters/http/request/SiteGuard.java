package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses requests that change something when a browser sends them for a page of another site. Programs send
/// neither header and pass.
public final class SiteGuard {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private SiteGuard() {}

    /// @throws dev.halftone.adapters.http.problem.Refusal 403
    public static void check(Context ctx) {
        if (!HARMLESS.contains(ctx.method().name())) {
            checkSite(ctx);
        }
    }

    /// For WebSockets too, which a page of another site could open and read.
    ///
    /// @throws dev.halftone.adapters.http.problem.Refusal 403
    public static void checkSite(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        String origin = ctx.header("Origin");
        boolean own = site != null ? OWN.contains(site) : origin == null || isOwn(origin, ctx.header("Host"));
        if (!own) {
            throw RequestProblems.crossSite();
        }
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && host != null && authority.equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
