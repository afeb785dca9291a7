package dev.halftone.app.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The arguments of a benchmark: `--name value`, `--name value value …`, and `--flag` without a value.
public record Arguments(Map<String, List<String>> values) {

    public static Arguments of(String[] arguments) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> current = null;
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                current = values.computeIfAbsent(argument.substring(2), name -> new ArrayList<>());
            } else if (current == null) {
                throw new IllegalArgumentException("expected --name value, found " + argument);
            } else {
                current.add(argument);
            }
        }
        return new Arguments(values);
    }

    /// Refuses a name that is none of these, so that a misspelt option does not measure something else.
    public Arguments only(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown option --" + name + "; known are --"
                        + String.join(" --", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// The last value given.
    public String text(String name, String otherwise) {
        List<String> given = values.get(name);
        if (given == null) {
            return otherwise;
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException("--" + name + " needs a value");
        }
        return given.getLast();
    }

    /// Every value given, separated by spaces or commas.
    public List<String> list(String name, List<String> otherwise) {
        List<String> given = values.get(name);
        return given == null
                ? otherwise
                : given.stream()
                        .flatMap(text -> List.of(text.split(",")).stream())
                        .toList();
    }

    public int number(String name, int otherwise) {
        String text = text(name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("--" + name + " needs a whole number, found " + text, notANumber);
        }
    }
}
