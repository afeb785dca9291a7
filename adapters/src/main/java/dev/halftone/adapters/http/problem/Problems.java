package dev.halftone.adapters.http.problem;

import dev.halftone.adapters.http.json.ProblemJson;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.manifest.ManifestRefused;
import java.util.List;
import java.util.Map;

/// Every problem that the service answers with: the one place that knows both the domain's words and HTTP's
/// numbers.
public final class Problems {
    private static final Map<String, String> SOON = Map.of("Retry-After", "5");

    private Problems() {}

    /// The CSV as a whole can't be used.
    public static Refusal of(ManifestRefused refused) {
        int status = refused.reason() == ManifestRefused.Reason.TOO_MANY_BYTES ? 413 : 422;
        ProblemJson.Entry entry = ProblemJson.Entry.of(refused);
        return refusal(status, entry.code(), "The CSV can't be used", entry.detail(), List.of(entry));
    }

    /// Some rows can't be used, with the complete list.
    public static Refusal of(SubmitBatch.Result.Rejected rejected) {
        long rows = rejected.summary().badRows();
        List<ProblemJson.Entry> errors =
                rejected.problems().stream().map(ProblemJson.Entry::of).toList();
        String listed = errors.size() < SubmitBatch.LISTED ? "" : " The first " + errors.size() + " are listed.";
        return refusal(
                422,
                "invalid_rows",
                "The CSV has rows that can't be used",
                (rows == 1 ? "1 row" : rows + " rows") + " of "
                        + rejected.summary().rows()
                        + " can't be used; nothing was stored." + listed
                        + " Correct them, or submit with onInvalidRows=skip to run the others.",
                errors);
    }

    public static Refusal of(SubmitBatch.Result.KeyReused reused) {
        return refusal(
                422,
                "idempotency_key_reused",
                "The Idempotency-Key is in use",
                "The key was used for batch " + reused.existing().id()
                        + " with another file or other options. Use a new key for a new submission.",
                List.of());
    }

    public static Refusal of(OptionsReader.Result.Bad bad) {
        List<ProblemJson.Entry> errors =
                bad.problems().stream().map(ProblemJson.Entry::of).toList();
        String first = errors.getFirst().field() + ": " + errors.getFirst().detail();
        String detail =
                errors.size() == 1 ? first + "." : errors.size() + " options can't be used; the first is " + first;
        return refusal(400, "invalid_options", "An option can't be used", detail, errors);
    }

    /// A failure that came out of a port.
    public static Refusal of(Failure failure) {
        int status = status(failure.code());
        return new Refusal(
                ProblemJson.of(
                        status,
                        failure.code().wire(),
                        "The request could not be carried out",
                        status == 500 ? FailureCode.INTERNAL.advice() : failure.detail(),
                        List.of()),
                failure.retryable() && status == 503 ? SOON : Map.of());
    }

    private static int status(FailureCode code) {
        return switch (code) {
            case INVALID_URL, BLOCKED_ADDRESS, CORRUPT_IMAGE, PROCESSING_TIMEOUT, POISON -> 422;
            case TOO_LARGE, TOO_MANY_PIXELS -> 413;
            case NOT_AN_IMAGE, UNSUPPORTED_FORMAT -> 415;
            case DNS_FAILURE, CONNECT_FAILED, HTTP_STATUS, TOO_MANY_REDIRECTS, TLS_FAILURE -> 502;
            case TIMEOUT -> 504;
            case STORAGE_UNAVAILABLE -> 503;
            case STORAGE_FULL -> 507;
            case INTERNAL -> 500;
        };
    }

    public static Refusal noSuchBatch() {
        return refusal(
                404,
                "not_found",
                "There is no such batch",
                "No batch has this id; it may have been purged.",
                List.of());
    }

    public static Refusal notFound(String detail) {
        return refusal(404, "not_found", "Not found", detail, List.of());
    }

    /// @param field the parameter, form field or header that is wrong
    public static Refusal badField(String field, String code, String detail) {
        return refusal(
                400,
                code,
                "The request can't be understood",
                field + ": " + detail,
                List.of(ProblemJson.Entry.ofField(field, code, detail)));
    }

    public static Refusal badRequest(String detail) {
        return refusal(400, "bad_request", "The request can't be understood", detail, List.of());
    }

    public static Refusal methodNotAllowed(String allow) {
        return new Refusal(
                ProblemJson.of(
                        405,
                        "method_not_allowed",
                        "Method not allowed",
                        "This address takes " + allow + ".",
                        List.of()),
                Map.of("Allow", allow));
    }

    public static Refusal tooLarge(long limit) {
        return refusal(
                413,
                ManifestRefused.Reason.TOO_MANY_BYTES.wire(),
                "The upload is too large",
                "The limit is " + limit + " bytes. Split the file, or have the operator raise HALFTONE_MAX_CSV_BYTES.",
                List.of());
    }

    public static Refusal unsupportedMediaType(String detail) {
        return new Refusal(
                ProblemJson.of(415, "unsupported_media_type", "This kind of body is not taken", detail, List.of()),
                Map.of("Accept-Post", "text/csv, multipart/form-data"));
    }

    public static Refusal crossSite() {
        return refusal(
                403,
                "cross_site",
                "Refused: the request comes from another site",
                "A page of another site may not change anything here. Open Halftone itself, or use the API.",
                List.of());
    }

    /// @param length of the whole object in bytes
    public static Refusal rangeNotSatisfiable(long length) {
        return new Refusal(
                ProblemJson.of(
                        416,
                        "range_not_satisfiable",
                        "The range is outside of the file",
                        "The file has " + length + " bytes.",
                        List.of()),
                Map.of("Content-Range", "bytes */" + length));
    }

    /// The database does not answer.
    public static Refusal unavailable() {
        return new Refusal(
                ProblemJson.of(
                        503,
                        "unavailable",
                        "The service can't answer now",
                        "The database does not answer. Nothing was lost; try again in a few seconds.",
                        List.of()),
                SOON);
    }

    /// @param missing what is not ready, in words
    public static Refusal notReady(List<String> missing) {
        return new Refusal(ProblemJson.of(503, "not_ready", "Not ready", String.join("; ", missing), List.of()), SOON);
    }

    /// Without a word about the cause: that is in the log.
    public static Refusal unexpected() {
        return refusal(
                500,
                FailureCode.INTERNAL.wire(),
                "Unexpected error",
                "Something went wrong that should not have. The log of the server has the cause.",
                List.of());
    }

    /// A status that the HTTP layer itself decided on.
    public static Refusal ofStatus(int status) {
        return switch (status) {
            case 404 -> notFound("Nothing is served at this address.");
            case 400 -> badRequest("The request is malformed.");
            case 408 -> refusal(408, "request_timeout", "The request came in too slowly", "Send it again.", List.of());
            case 413 -> refusal(413, "too_large", "The request is too large", "Send less.", List.of());
            case 414 -> refusal(414, "uri_too_long", "The address is too long", "Shorten it.", List.of());
            case 431 ->
                refusal(431, "headers_too_large", "The request's headers are too large", "Send fewer.", List.of());
            case 503 -> unavailableNow();
            default ->
                status >= 400 && status < 500
                        ? refusal(
                                status,
                                "http_" + status,
                                "The request can't be answered",
                                "The request is not one that this server answers.",
                                List.of())
                        : unexpected();
        };
    }

    private static Refusal unavailableNow() {
        return new Refusal(
                ProblemJson.of(503, "unavailable", "The service can't answer now", "Try again shortly.", List.of()),
                SOON);
    }

    private static Refusal refusal(
            int status, String code, String title, String detail, List<ProblemJson.Entry> errors) {
        return new Refusal(ProblemJson.of(status, code, title, detail, errors), Map.of());
    }
}
