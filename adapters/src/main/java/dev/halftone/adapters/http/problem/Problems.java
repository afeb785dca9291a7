package dev.halftone.adapters.http.problem;

import dev.halftone.adapters.http.json.ProblemJson;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.pipeline.form.PipelineReader;
import java.util.List;
import java.util.Map;

/// What the domain refused or could not do, as problems: the one place that knows both its words and HTTP's
/// numbers.
public final class Problems {
    private static final Map<String, String> SOON = Map.of("Retry-After", "5");

    private Problems() {}

    /// The CSV as a whole can't be used.
    public static Refusal of(ManifestRefused refused) {
        int status = refused.reason() == ManifestRefused.Reason.TOO_MANY_BYTES ? 413 : 422;
        ProblemJson.Entry entry = ProblemJson.Entry.of(refused);
        return plain(status, entry.code(), "The CSV can't be used", entry.detail(), List.of(entry));
    }

    /// Some rows can't be used, with the complete list.
    public static Refusal of(SubmitBatch.Result.Rejected rejected) {
        long rows = rejected.summary().badRows();
        List<ProblemJson.Entry> errors =
                rejected.problems().stream().map(ProblemJson.Entry::of).toList();
        String listed = errors.size() < SubmitBatch.LISTED ? "" : " The first " + errors.size() + " are listed.";
        return plain(
                422,
                "invalid_rows",
                "The CSV has rows that can't be used",
                (rows == 1 ? "1 row" : rows + " rows") + " of "
                        + rejected.summary().rows()
                        + " can't be used; nothing was stored." + listed
                        + " Correct them, or have them skipped (onInvalidRows=skip).",
                errors);
    }

    public static Refusal of(SubmitBatch.Result.KeyReused reused) {
        return plain(
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
        return plain(400, "invalid_options", "An option can't be used", detail, errors);
    }

    /// A pipeline has mistakes, with the complete list.
    public static Refusal of(PipelineReader.Result.Bad bad) {
        List<ProblemJson.Entry> errors =
                bad.mistakes().stream().map(ProblemJson.Entry::of).toList();
        PipelineReader.Mistake first = bad.mistakes().getFirst();
        String one = first.path() + " " + first.message() + ".";
        String detail = errors.size() == 1 ? one : "There are " + errors.size() + " mistakes; the first: " + one;
        return plain(400, "invalid_pipeline", "The pipeline can't be run", detail, errors);
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
            case UNSUPPORTED_OPERATION -> 501;
            case INTERNAL -> 500;
        };
    }

    public static Refusal noSuchBatch() {
        return plain(
                404,
                "not_found",
                "There is no such batch",
                "No batch has this id; it may have been purged.",
                List.of());
    }

    public static Refusal noSuchImage() {
        return plain(
                404,
                "not_found",
                "There is no such image",
                "No image has this id; it may have been deleted.",
                List.of());
    }

    public static Refusal noSuchJob() {
        return plain(
                404,
                "not_found",
                "There is no such job",
                "No job has this id; it may have been deleted with its image.",
                List.of());
    }

    /// The database does not answer.
    public static Refusal unavailable() {
        return new Refusal(
                ProblemJson.of(
                        503,
                        "unavailable",
                        "The service can't answer now",
                        "The database can't be used at the moment. What was stored is safe; try again in a few seconds, with"
                                + " the same Idempotency-Key where there was one.",
                        List.of()),
                SOON);
    }

    /// The service takes nothing in any more.
    public static Refusal stopping() {
        return new Refusal(
                ProblemJson.of(
                        503,
                        "stopping",
                        "The service is stopping",
                        "Nothing was taken. Send the request again in a few seconds; another node, or this one after its"
                                + " restart, takes it.",
                        List.of()),
                Map.of("Retry-After", "5", "Connection", "close"));
    }

    /// @param missing what is not ready, in words
    public static Refusal notReady(List<String> missing) {
        return new Refusal(ProblemJson.of(503, "not_ready", "Not ready", String.join("; ", missing), List.of()), SOON);
    }

    /// Without a word about the cause: that is in the log.
    public static Refusal unexpected() {
        return plain(
                500,
                FailureCode.INTERNAL.wire(),
                "Unexpected error",
                "Something went wrong that should not have. The log of the server has the cause.",
                List.of());
    }

    /// A problem that nothing goes beside.
    static Refusal plain(int status, String code, String title, String detail, List<ProblemJson.Entry> errors) {
        return new Refusal(ProblemJson.of(status, code, title, detail, errors), Map.of());
    }
}
