package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.request.Conditions;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import io.javalin.http.Context;

/// Answers as these routes give them.
final class Answers {
    private Answers() {}

    static void json(Context ctx, Object shape) {
        ctx.contentType("application/json; charset=utf-8").result(Json.bytes(shape));
    }

    /// With an `ETag` over the answer itself; 304 to a client that has it.
    static void tagged(Context ctx, Object shape) {
        byte[] body = Json.bytes(shape);
        String etag = '"' + ContentHash.of(body).hex().substring(0, 32) + '"';
        ctx.header("ETag", etag);
        if (Conditions.noneMatchFails(ctx.header("If-None-Match"), etag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType("application/json; charset=utf-8").result(body);
    }

    /// An image that runs nothing, whatever it holds.
    static void image(Context ctx, ImageFormat format, byte[] bytes) {
        ctx.contentType(format.mediaType());
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
        ctx.result(bytes);
    }
}
