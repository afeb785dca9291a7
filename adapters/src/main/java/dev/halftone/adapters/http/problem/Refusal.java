package dev.halftone.adapters.http.problem;

import dev.halftone.adapters.http.json.ProblemJson;
import java.util.Map;

/// Ends a request with a problem instead of an answer.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemJson problem;
    private final transient Map<String, String> headers;

    Refusal(ProblemJson problem, Map<String, String> headers) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    public ProblemJson problem() {
        return problem;
    }

    /// What goes beside the body, such as `Allow`.
    public Map<String, String> headers() {
        return headers;
    }
}
