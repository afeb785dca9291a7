package dev.halftone.domain.transform;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values of one query, each in its canonical form, and what is wrong with the rest.
final class Given {
    private final Map<Parameter, String> values = new EnumMap<>(Parameter.class);
    private final List<TransformProblem> problems = new ArrayList<>();

    Map<Parameter, String> values() {
        return values;
    }

    List<TransformProblem> problems() {
        return problems;
    }

    /// An empty value is as good as none.
    void read(List<QueryText.Pair> pairs) {
        for (QueryText.Pair pair : pairs) {
            if (!pair.value().isEmpty()) {
                read(pair);
            }
        }
    }

    private void read(QueryText.Pair pair) {
        Optional<Parameter> found = Parameter.named(pair.name());
        if (found.isEmpty()) {
            problems.add(new TransformProblem(pair.name(), unknown(pair.name())));
            return;
        }
        Parameter parameter = found.get();
        Optional<String> normal = parameter.normal(pair.value());
        if (normal.isEmpty()) {
            problems.add(new TransformProblem(
                    pair.name(), "expected " + parameter.expected() + ", not \"" + shown(pair.value()) + '"'));
        } else if (values.put(parameter, normal.get()) != null) {
            problems.add(new TransformProblem(
                    pair.name(),
                    "is given twice"
                            + parameter
                                    .alias()
                                    .map(alias -> " (" + parameter.wire() + " and " + alias + " are the same)")
                                    .orElse("")));
        }
    }

    private static String unknown(String name) {
        if (name.equals("f")) {
            return "means the fit to some services and the format to others: write fit= or fm=";
        }
        return "there is no such parameter";
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }
}
