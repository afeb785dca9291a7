package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.LimitProblems;
import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A CSV on its way in, from a form or as the whole body, with the options beside it. Never in memory as a
/// whole: a body is read from the connection, a form's file from the disk, where the server spooled it.
///
/// @param csv to be closed with this
/// @param options by their names, from the query and the form
public record CsvUpload(InputStream csv, Map<String, String> options) implements AutoCloseable {
    private static final Set<String> RAW =
            Set.of("text/csv", "application/csv", "text/plain", "application/octet-stream", "application/vnd.ms-excel");
    private static final int LONGEST_KEY = 255;

    /// @throws dev.halftone.adapters.http.problem.Refusal 400, 413 or 415
    public static CsvUpload read(Context ctx, CsvForm form) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            for (String value : parameter.getValue()) {
                option(options, form, parameter.getKey(), value);
            }
        }
        if (ctx.isMultipartFormData()) {
            return MultipartCsv.read(ctx, form, options);
        }
        String type = mediaType(ctx);
        if (!type.isEmpty() && !RAW.contains(type)) {
            throw RequestProblems.unsupportedMediaType(advice(type));
        }
        if (ctx.req().getContentLengthLong() > form.maxBytes()) {
            throw LimitProblems.tooLarge(form.maxBytes());
        }
        return new CsvUpload(RequestBody.of(ctx), options);
    }

    private static String mediaType(Context ctx) {
        String header = ctx.contentType();
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String advice(String type) {
        if (type.startsWith("image/")) {
            return "The body is an image (" + shown(type) + "); this address takes a CSV of image addresses.";
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return "The body is marked as a form (curl does that). Send a CSV with \"Content-Type: text/csv\", or as"
                    + " multipart/form-data in the field \"file\".";
        }
        return "The body is " + shown(type) + ". Send a CSV as text/csv, or as multipart/form-data in the field"
                + " \"file\".";
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    static void option(Map<String, String> options, CsvForm form, String written, String value) {
        String name = form.aliases().getOrDefault(written, written);
        if (options.putIfAbsent(name, value) != null) {
            throw RequestProblems.badField(written, "given_twice", "is given more than once");
        }
    }

    /// The client's name for this submission.
    ///
    /// @throws dev.halftone.adapters.http.problem.Refusal 400
    public static Optional<String> idempotencyKey(Context ctx) {
        String key = ctx.header("Idempotency-Key");
        if (key == null) {
            return Optional.empty();
        }
        if (key.isBlank() || key.length() > LONGEST_KEY || key.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw RequestProblems.badField(
                    "Idempotency-Key", "invalid_header", "is 1 to " + LONGEST_KEY + " printable ASCII characters");
        }
        return Optional.of(key);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
