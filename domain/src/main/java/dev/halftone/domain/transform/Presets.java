package dev.halftone.domain.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Transforms that an operator named, such as `thumb:w=300&h=300&fit=crop;hero:w=1600`. Immutable.
public final class Presets {
    public static final Presets NONE = new Presets(Map.of());

    private final Map<String, Map<Parameter, String>> byName;

    private Presets(Map<String, Map<Parameter, String>> byName) {
        this.byName = byName;
    }

    /// Reads presets joined by `;`, each a name, a colon and a query.
    ///
    /// @throws TransformRefused with every mistake, each under its preset's name
    public static Presets parse(String text) {
        Map<String, Map<Parameter, String>> byName = new TreeMap<>();
        List<TransformProblem> problems = new ArrayList<>();
        for (String written : text.split(";")) {
            if (!written.isBlank()) {
                read(written.strip(), byName, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new TransformRefused(problems);
        }
        return new Presets(byName);
    }

    private static void read(
            String written, Map<String, Map<Parameter, String>> byName, List<TransformProblem> problems) {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : written.substring(0, colon).strip();
        if (colon < 0 || Parameter.P.normal(name).isEmpty()) {
            problems.add(new TransformProblem(
                    "preset \"" + name + '"', "expected a name of letters, digits, . _ and -, a colon, and a query"));
            return;
        }
        Given given = new Given();
        try {
            given.read(QueryText.pairs(written.substring(colon + 1).strip()));
        } catch (TransformRefused refused) {
            given.problems().addAll(refused.problems());
        }
        given.problems().stream()
                .map(problem -> new TransformProblem("preset " + name + ", " + problem.parameter(), problem.message()))
                .forEach(problems::add);
        for (Parameter parameter : Set.of(Parameter.P, Parameter.S, Parameter.EXPIRES)) {
            if (given.values().containsKey(parameter)) {
                problems.add(new TransformProblem(
                        "preset " + name + ", " + parameter.wire(), "belongs into the address, not into a preset"));
            }
        }
        if (byName.put(name, new LinkedHashMap<>(given.values())) != null) {
            problems.add(new TransformProblem("preset " + name, "is there twice"));
        }
    }

    Optional<Map<Parameter, String>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }
}
