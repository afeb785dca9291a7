package dev.halftone.adapters.http.page;

import dev.halftone.adapters.http.json.ProblemJson;
import java.util.List;

/// A problem, for people.
public record ProblemPage(Layout layout, int status, String title, String detail, String code, List<Mistake> mistakes) {

    static ProblemPage of(Layout layout, ProblemJson problem) {
        return new ProblemPage(
                layout,
                problem.status(),
                problem.title(),
                problem.detail(),
                problem.code(),
                problem.errors().size() > 1 ? Mistake.of(problem.errors()) : List.of());
    }
}
