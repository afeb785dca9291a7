package dev.halftone.adapters.http.problem;

import static dev.halftone.adapters.http.problem.Problems.plain;

import dev.halftone.domain.manifest.ManifestRefused;
import java.util.List;

/// What is more than a request may bring. Each names the limit and its figure.
public final class LimitProblems {

    private LimitProblems() {}

    public static Refusal tooLarge(long limit) {
        return plain(
                413,
                ManifestRefused.Reason.TOO_MANY_BYTES.wire(),
                "The upload is too large",
                "The limit is " + limit + " bytes. Split the file, or have the operator raise HALFTONE_MAX_CSV_BYTES.",
                List.of());
    }

    /// @param limit of a body that is not an upload, in bytes
    public static Refusal bodyTooLarge(long limit) {
        return plain(413, "too_large", "The request is too large", "The limit here is " + limit + " bytes.", List.of());
    }

    /// @param limit parts of a form
    public static Refusal tooManyParts(long limit) {
        return plain(
                413,
                "too_many_parts",
                "The form has too many parts",
                "The limit is " + limit + " parts, and one of them is the file.",
                List.of());
    }

    /// The request line or the headers.
    ///
    /// @param status 414 or 431
    /// @param limit of both together, in bytes
    public static Refusal headTooLarge(int status, long limit) {
        String most = "The request line and the headers have at most " + limit + " bytes together. ";
        return status == 414
                ? plain(414, "uri_too_long", "The address is too long", most + "Shorten it.", List.of())
                : plain(
                        431,
                        "headers_too_large",
                        "The request's headers are too large",
                        most + "Send fewer, or shorter ones.",
                        List.of());
    }
}
