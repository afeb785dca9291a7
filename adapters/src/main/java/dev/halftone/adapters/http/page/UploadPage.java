package dev.halftone.adapters.http.page;

import dev.halftone.adapters.http.json.CheckedJson;
import dev.halftone.adapters.http.json.ProblemJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that a CSV is submitted with, and what was wrong with it the last time.
///
/// @param values the fields as they were sent, by name
/// @param tone of the notice: `bad` or `good`
/// @param notice what became of the last try; null before the first
/// @param more how many mistakes are not shown
public record UploadPage(
        Layout layout,
        Map<String, String> values,
        String tone,
        @Nullable String notice,
        String detail,
        List<Mistake> mistakes,
        long more) {

    public static UploadPage fresh(Layout layout) {
        return new UploadPage(layout, Map.of(), "", null, "", List.of(), 0);
    }

    public static UploadPage refused(Layout layout, Map<String, String> values, ProblemJson problem) {
        boolean one = problem.errors().size() == 1
                && problem.detail().contains(problem.errors().getFirst().detail());
        List<Mistake> mistakes =
                one && problem.errors().getFirst().line() == null ? List.of() : Mistake.of(problem.errors());
        return new UploadPage(
                layout,
                values,
                "bad",
                problem.title(),
                problem.detail(),
                mistakes,
                Math.max(0, problem.errors().size() - Mistake.SHOWN));
    }

    public static UploadPage checked(Layout layout, Map<String, String> values, CheckedJson checked) {
        String counts = Human.counted(checked.totalProducts(), "product") + " with "
                + Human.counted(checked.totalImages(), "image") + ", "
                + Human.counted(checked.badRows(), "bad row") + ". Nothing was stored.";
        return new UploadPage(
                layout,
                values,
                checked.valid() ? "good" : "bad",
                checked.valid() ? "The file can be submitted" : "The file can't be submitted as it is",
                counts,
                Mistake.of(checked.errors()),
                Math.max(0, checked.errors().size() - Mistake.SHOWN));
    }

    /// What a field holds, at first its default.
    public String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public boolean chosen(String name, String word, String otherwise) {
        return value(name, otherwise).equals(word);
    }
}
