package dev.halftone.domain.transform;

import java.util.List;
import java.util.stream.Collectors;

/// A transform that can't be carried out, with everything that is wrong with it.
public final class TransformRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<TransformProblem> problems;

    public TransformRefused(List<TransformProblem> problems) {
        super(problems.stream().map(TransformProblem::toString).collect(Collectors.joining("; ")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public TransformRefused(Parameter parameter, String message) {
        this(List.of(new TransformProblem(parameter.wire(), message)));
    }

    /// At least one.
    public List<TransformProblem> problems() {
        return problems;
    }
}
