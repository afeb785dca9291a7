package dev.halftone.domain.batch;

import dev.halftone.domain.batch.OptionsReader.OptionProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// Options as texts, read one by one in the form each has; what is wrong is collected. For one thread.
final class OptionTexts {
    /// Longer than any `double` needs.
    private static final int LONGEST_DECIMAL = 400;

    private final Map<String, String> texts;
    private final List<OptionProblem> problems = new ArrayList<>();

    OptionTexts(Map<String, String> texts) {
        this.texts = texts;
    }

    List<OptionProblem> problems() {
        return List.copyOf(problems);
    }

    void problem(String name, String message) {
        problems.add(new OptionProblem(name, message));
    }

    void refuseUnknown(List<String> names) {
        for (String name : new TreeSet<>(texts.keySet())) {
            if (!names.contains(name)) {
                problem(name, "there is no such option; the options are " + String.join(", ", names));
            }
        }
    }

    /// Empty for a text of white space alone.
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    OptionalInt number(String name, int least, int most) {
        return number(name, least, most, "is a whole number from " + least + " to " + most);
    }

    OptionalInt number(String name, int least, int most, String expected) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        String digits = text.get();
        if (digits.matches("\\d{1,9}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        return refuse(name, expected, digits, OptionalInt.empty());
    }

    <T> T choice(String name, Function<String, Optional<T>> known, T otherwise, String choices) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        return known.apply(text.get()).orElseGet(() -> refuse(name, "is one of " + choices, text.get(), otherwise));
    }

    boolean flag(String name) {
        return choice(name, OptionTexts::truth, false, "true or false");
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /// @param made refuses what is out of range, by an exception
    <T> Optional<T> decimal(String name, String expected, DoubleFunction<T> made) {
        return text(name).flatMap(digits -> {
            try {
                if (digits.length() <= LONGEST_DECIMAL && digits.matches("\\d*+(\\.\\d++)?")) {
                    return Optional.of(made.apply(Double.parseDouble(digits)));
                }
            } catch (IllegalArgumentException e) {
                // Out of range: told below, in the words of the option.
            }
            return refuse(name, expected, digits, Optional.empty());
        });
    }

    /// @return what is read instead
    <T> T refuse(String name, String expected, String found, T instead) {
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        problems.add(new OptionProblem(name, expected + ", not \"" + shown + "\""));
        return instead;
    }
}
