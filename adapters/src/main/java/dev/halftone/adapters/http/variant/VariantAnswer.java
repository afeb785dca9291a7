package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.ByteRange;
import dev.halftone.adapters.http.request.Conditions;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.variant.cached.CachedVariant;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A picture as HTTP sends it: cached by whoever stands between, in ranges, and never able to run anything.
final class VariantAnswer {
    private final VariantParts parts;

    VariantAnswer(VariantParts parts) {
        this.parts = parts;
    }

    /// @param query as it was asked, before negotiation
    /// @param fixed whether the address gives the same picture for good
    void send(Context ctx, CachedVariant variant, TransformQuery query, boolean fixed) throws IOException {
        byte[] bytes = variant.bytes();
        String etag = '"' + variant.hash().hex().substring(0, 32) + '"';
        describe(ctx, variant, query, fixed);
        ctx.header("ETag", etag);
        if (Conditions.noneMatchFails(ctx.header("If-None-Match"), etag)) {
            ctx.removeHeader("Content-Type").status(304);
            return;
        }
        boolean whole = !Conditions.rangeHolds(ctx.header("If-Range"), etag);
        switch (whole ? new ByteRange.Whole() : ByteRange.of(ctx.header("Range"), bytes.length)) {
            case ByteRange.Whole() -> write(ctx, bytes, 0, bytes.length);
            case ByteRange.Part part -> {
                ctx.status(206);
                ctx.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + bytes.length);
                write(ctx, bytes, (int) part.first(), (int) part.length());
            }
            case ByteRange.Unsatisfiable() -> throw RequestProblems.rangeNotSatisfiable(bytes.length);
        }
    }

    private void describe(Context ctx, CachedVariant variant, TransformQuery query, boolean fixed) {
        ctx.contentType(variant.format().mediaType());
        ctx.header("Cache-Control", cacheControl(query, fixed));
        ctx.header("Accept-Ranges", "bytes");
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
        ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
        query.download().ifPresent(name -> ctx.header("Content-Disposition", attachment(name)));
    }

    /// A link that expires is not kept beyond that.
    private String cacheControl(TransformQuery query, boolean fixed) {
        Instant now = parts.clock().instant();
        Optional<Duration> left = query.expires().map(end -> Duration.between(now, end));
        long seconds = left.filter(rest -> rest.compareTo(parts.maxAge()) < 0)
                .orElse(parts.maxAge())
                .toSeconds();
        return "public, max-age=" + seconds + (fixed && left.isEmpty() ? ", immutable" : "");
    }

    /// RFC 6266: plain ASCII for all, UTF-8 for those who know it.
    static String attachment(String name) {
        String safe = name.replaceAll("[\\p{Cntrl}/\\\\]", "-");
        String plain = safe.replaceAll("[^ -~]", "_").replaceAll("[\"%]", "_");
        String encoded = URLEncoder.encode(safe, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + '"' + (plain.equals(safe) ? "" : "; filename*=UTF-8''" + encoded);
    }

    private static void write(Context ctx, byte[] bytes, int from, int length) throws IOException {
        ctx.res().setContentLengthLong(length);
        if (!ctx.req().getMethod().equals("HEAD")) {
            ctx.res().getOutputStream().write(bytes, from, length);
        }
    }
}
