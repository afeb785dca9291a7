package dev.halftone.adapters.http;

import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.ByteRange;
import dev.halftone.adapters.http.request.Conditions;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Outputs as the world fetches them: cached for good, in ranges, and never able to run anything. What was
/// uploaded is not served.
final class FileRoutes {
    /// Outputs of batches, and what pipelines made of images; not the images themselves, nor CSVs.
    private static final Pattern PUBLIC = Pattern.compile("batches/.+|assets/[^/]+/[0-9a-f]{64}(-[0-9]+)?\\.[a-z0-9]+");

    private final ObjectStore objects;

    FileRoutes(ObjectStore objects) {
        this.objects = objects;
    }

    void addTo(Routing routing) {
        routing.get("/files/<key>", this::file);
    }

    private void file(Context ctx) throws IOException {
        ObjectKey key = key(ctx.pathParam("key"));
        try (StoredObject object = objects.open(key).orElseThrow(FileRoutes::nothing)) {
            String etag = etag(object);
            describe(ctx, key, object, etag);
            if (Conditions.noneMatchFails(ctx.header("If-None-Match"), etag)) {
                ctx.removeHeader("Content-Type").status(304);
                return;
            }
            boolean whole = !Conditions.rangeHolds(ctx.header("If-Range"), etag);
            switch (whole ? new ByteRange.Whole() : ByteRange.of(ctx.header("Range"), object.bytes())) {
                case ByteRange.Whole() -> send(ctx, object, 0, object.bytes());
                case ByteRange.Part part -> {
                    ctx.status(206);
                    ctx.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + object.bytes());
                    send(ctx, object, part.first(), part.length());
                }
                case ByteRange.Unsatisfiable() -> throw RequestProblems.rangeNotSatisfiable(object.bytes());
            }
        }
    }

    private static void describe(Context ctx, ObjectKey key, StoredObject object, String etag) {
        ctx.contentType(mediaType(key));
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.header("ETag", etag);
        ctx.header(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(object.stored().atOffset(ZoneOffset.UTC)));
        ctx.header("Accept-Ranges", "bytes");
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
        ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static void send(Context ctx, StoredObject object, long from, long length) throws IOException {
        ctx.res().setContentLengthLong(length);
        if (ctx.req().getMethod().equals("HEAD")) {
            return;
        }
        object.content().skipNBytes(from);
        copy(object.content(), ctx.res().getOutputStream(), length);
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(1 << 16, Math.max(1, length))];
        for (long left = length; left > 0; ) {
            int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new IOException("the object is shorter than its length");
            }
            out.write(buffer, 0, got);
            left -= got;
        }
    }

    private static ObjectKey key(String path) {
        if (!PUBLIC.matcher(path).matches()) {
            throw nothing();
        }
        try {
            return new ObjectKey(path);
        } catch (IllegalArgumentException e) {
            throw nothing();
        }
    }

    private static Refusal nothing() {
        return RequestProblems.notFound("There is no such file; it may have expired.");
    }

    /// An output never changes under its key; length and time tell even a replaced one apart.
    private static String etag(StoredObject object) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, object.stored());
        return "\"%x-%x\"".formatted(object.bytes(), micros);
    }

    private static String mediaType(ObjectKey key) {
        String extension = key.value().substring(key.value().lastIndexOf('.') + 1);
        return Arrays.stream(ImageFormat.values())
                .filter(format -> format.extension().equals(extension))
                .map(ImageFormat::mediaType)
                .findFirst()
                .orElse("application/octet-stream");
    }
}
