package dev.halftone.adapters.http.page;

import dev.halftone.adapters.http.json.ProblemJson;
import java.util.ArrayList;
import java.util.List;

/// One line of a list of mistakes.
///
/// @param where such as `Line 3, Input Image Urls`; may be empty
public record Mistake(String where, String code, String detail) {
    /// How many are shown on a page; the API gives all.
    static final int SHOWN = 200;

    public static List<Mistake> of(List<ProblemJson.Entry> entries) {
        return entries.stream().limit(SHOWN).map(Mistake::of).toList();
    }

    private static Mistake of(ProblemJson.Entry entry) {
        List<String> where = new ArrayList<>();
        if (entry.line() != null) {
            where.add("Line " + Human.count(entry.line()));
        }
        if (entry.column() != null) {
            where.add(entry.column());
        }
        if (entry.field() != null) {
            where.add(entry.field());
        }
        return new Mistake(String.join(", ", where), entry.code(), entry.detail());
    }
}
