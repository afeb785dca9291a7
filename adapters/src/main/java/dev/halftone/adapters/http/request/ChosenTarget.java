package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the upload page's choice "Compress to" means as options. Without a script a form sends the amounts of
/// all choices; only that of the chosen one counts.
final class ChosenTarget {
    static final String FIELD = "target";
    private static final String QUALITY = "quality";
    private static final String LOSSLESS = "lossless";
    private static final List<String> AMOUNTS = List.of(QUALITY, "targetRatio", "targetBytes", "targetSsim");

    private ChosenTarget() {}

    /// The options without the choice; as they are where there was none.
    ///
    /// @throws Refusal 400 when the choice is not one, or lacks its amount
    static Map<String, String> applied(Map<String, String> options) {
        String chosen = options.get(FIELD);
        if (chosen == null) {
            return options;
        }
        Map<String, String> left = new LinkedHashMap<>(options);
        left.remove(FIELD);
        if (chosen.equals(LOSSLESS)) {
            left.keySet().removeAll(AMOUNTS);
            left.put(QUALITY, LOSSLESS);
            return left;
        }
        if (!AMOUNTS.contains(chosen)) {
            throw RequestProblems.badField(FIELD, "invalid_options", "choose what to compress to");
        }
        if (!chosen.equals(QUALITY) && options.getOrDefault(chosen, "").isBlank()) {
            throw RequestProblems.badField(chosen, "invalid_options", "is chosen, but its number is missing");
        }
        left.keySet().removeIf(name -> AMOUNTS.contains(name) && !name.equals(chosen));
        return left;
    }
}
