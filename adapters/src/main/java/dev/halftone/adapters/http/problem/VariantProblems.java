package dev.halftone.adapters.http.problem;

import static dev.halftone.adapters.http.problem.Problems.plain;

import dev.halftone.adapters.http.json.ProblemJson;
import dev.halftone.domain.transform.TransformProblem;
import dev.halftone.domain.transform.TransformRefused;
import dev.halftone.domain.variant.cached.TooManyWaiting;
import java.util.List;
import java.util.Map;

/// Why a picture is not served by its URL.
public final class VariantProblems {

    private VariantProblems() {}

    public static Refusal of(TransformRefused refused) {
        List<ProblemJson.Entry> errors =
                refused.problems().stream().map(VariantProblems::entry).toList();
        ProblemJson.Entry first = errors.getFirst();
        String told = first.field() + ": " + first.detail();
        return plain(
                400,
                "invalid_transform",
                "The transform can't be carried out",
                errors.size() == 1 ? told : errors.size() + " parameters can't be used; the first is " + told,
                errors);
    }

    private static ProblemJson.Entry entry(TransformProblem problem) {
        return ProblemJson.Entry.ofField(problem.parameter(), "invalid_parameter", problem.message());
    }

    public static Refusal of(TooManyWaiting refused) {
        return new Refusal(
                ProblemJson.of(
                        429,
                        "too_many_waiting",
                        "Too many pictures wait to be made",
                        "The queue is full; try again in "
                                + refused.retryAfter().toSeconds() + " seconds.",
                        List.of()),
                Map.of("Retry-After", Long.toString(refused.retryAfter().toSeconds())));
    }

    public static Refusal invalidSignature() {
        return plain(
                403,
                "invalid_signature",
                "The address is not signed",
                "This service serves signed addresses only, and s is missing or does not fit the path and the other"
                        + " parameters. `halftone sign` makes one.",
                List.of());
    }

    public static Refusal linkExpired() {
        return plain(410, "link_expired", "The link has expired", "Ask for a new one where you got it.", List.of());
    }

    public static Refusal remoteOff() {
        return plain(
                404,
                "remote_sources_off",
                "Remote pictures are not served",
                "This service transforms uploaded images only. An operator can allow hosts in HALFTONE_FETCH_ALLOW.",
                List.of());
    }

    public static Refusal hostNotAllowed(String host) {
        return plain(
                403,
                "host_not_allowed",
                "Pictures of this host are not served",
                host + " is not among the hosts that an operator allowed in HALFTONE_FETCH_ALLOW.",
                List.of());
    }

    public static Refusal invalidUrl(String reason) {
        return plain(
                400,
                "invalid_url",
                "The address can't be used",
                "Expected a percent-encoded http or https address behind /fetch/: " + reason + ".",
                List.of());
    }
}
