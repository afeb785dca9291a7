package dev.halftone.adapters.http.access;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The ways to the log-in and back.
final class LogIn {
    private static final int LONGEST = 2_000;

    private LogIn() {}

    /// Sends a browser to the log-in, and back to where it was going.
    ///
    /// A session's cookie is not sent when a link of another site leads here. So who comes from elsewhere is first
    /// had to load the page again: from here, with the cookie.
    static void leadTo(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        ctx.skipRemainingHandlers();
        if ("cross-site".equals(site) || "same-site".equals(site)) {
            ctx.contentType("text/html; charset=utf-8")
                    .result("<!doctype html><meta http-equiv=\"refresh\" content=\"0\"><title>Halftone</title>");
            return;
        }
        String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
        String here = ctx.req().getRequestURI() + query;
        String next = here.equals("/") || here.length() > LONGEST
                ? ""
                : "?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
        ctx.status(303).header("Location", "/login" + next);
    }

    /// Where somebody goes who has logged in.
    ///
    /// @param next as it was given; anything but a path of this service leads to the first page
    static String back(Optional<String> next) {
        return next.filter(LogIn::isHere).orElse("/");
    }

    /// `//host` and `/\host` are other hosts to browsers.
    private static boolean isHere(String path) {
        if (!path.startsWith("/")
                || path.length() > LONGEST
                || path.startsWith("//")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            return false;
        }
        try {
            URI parsed = URI.create("http://here").resolve(path);
            return "here".equals(parsed.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
