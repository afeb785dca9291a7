package dev.halftone.adapters.http.problem;

import static dev.halftone.adapters.http.problem.Problems.plain;

import dev.halftone.adapters.http.json.ProblemJson;
import dev.halftone.domain.job.Job;
import java.util.List;
import java.util.Map;

/// What is wrong with a request itself, before the domain sees any of it.
public final class RequestProblems {

    private RequestProblems() {}

    public static Refusal notFound(String detail) {
        return plain(404, "not_found", "Not found", detail, List.of());
    }

    /// @param field the parameter, form field or header that is wrong
    public static Refusal badField(String field, String code, String detail) {
        return plain(
                400,
                code,
                "The request can't be understood",
                field + ": " + detail,
                List.of(ProblemJson.Entry.ofField(field, code, detail)));
    }

    public static Refusal badRequest(String detail) {
        return plain(400, "bad_request", "The request can't be understood", detail, List.of());
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

    public static Refusal unsupportedMediaType(String detail) {
        return new Refusal(
                ProblemJson.of(415, "unsupported_media_type", "This kind of body is not taken", detail, List.of()),
                Map.of("Accept-Post", "text/csv, multipart/form-data"));
    }

    /// Nothing is unpacked on the way in, so no body can be more than it seems.
    public static Refusal encodedBody(String encoding) {
        return new Refusal(
                ProblemJson.of(
                        415,
                        "unsupported_media_type",
                        "This kind of body is not taken",
                        "The body is encoded as " + encoding + ". Send it as it is.",
                        List.of()),
                Map.of("Accept-Encoding", "identity"));
    }

    public static Refusal crossSite() {
        return plain(
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

    /// @param field where something is named that does not exist
    public static Refusal noSuchThing(String field, String detail) {
        return plain(
                422,
                "not_found",
                "Something that is named does not exist",
                field + ": " + detail,
                List.of(ProblemJson.Entry.ofField(field, "not_found", detail)));
    }

    /// An image whose pixels can't be decoded looks like nothing.
    public static Refusal notComparable() {
        return plain(
                422,
                "not_comparable",
                "The image can't be compared",
                "Its pixels can't be decoded here, so nothing is known of what it looks like.",
                List.of());
    }

    /// Near-duplicates are asked for of a batch that did not ask for them.
    public static Refusal notCompared() {
        return plain(
                409,
                "not_compared",
                "The batch's images were not compared",
                "What they look like is noted only for batches that are submitted with duplicates=true.",
                List.of());
    }

    /// The result of a job is asked for that has none.
    public static Refusal notDone(Job job) {
        return plain(
                409,
                "not_done",
                "The job has no result",
                job.state().isFinal()
                        ? "The job failed; its status tells why."
                        : "The job is " + job.state().wire() + "; ask again when it is done.",
                List.of());
    }

    /// Too many clients watch at once.
    public static Refusal tooManyWatchers() {
        return unavailableNow();
    }

    /// A status that the HTTP layer itself decided on.
    public static Refusal ofStatus(int status) {
        return switch (status) {
            case 404 -> notFound("Nothing is served at this address.");
            case 400 -> badRequest("The request is malformed.");
            case 408 ->
                plain(
                        408,
                        "request_timeout",
                        "The request came in too slowly",
                        "Send it again, without pauses.",
                        List.of());
            case 413 -> plain(413, "too_large", "The request is too large", "Send less.", List.of());
            case 501, 505 ->
                plain(
                        status,
                        "http_" + status,
                        "The request can't be answered",
                        "This server speaks HTTP/1.1, and not all of it.",
                        List.of());
            case 503 -> unavailableNow();
            default ->
                status >= 400 && status < 500
                        ? plain(
                                status,
                                "http_" + status,
                                "The request can't be answered",
                                "The request is not one that this server answers.",
                                List.of())
                        : Problems.unexpected();
        };
    }

    private static Refusal unavailableNow() {
        return new Refusal(
                ProblemJson.of(503, "unavailable", "The service can't answer now", "Try again shortly.", List.of()),
                Map.of("Retry-After", "5"));
    }
}
