package dev.halftone.domain.pipeline.form;

import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Rgba;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// The parameters of one operation. A wrong one is noted with its path and read as if it were missing, so that
/// all mistakes are found; what was never asked for is unknown.
final class Parameters {
    private final String path;
    private final Map<String, Object> values;
    private final List<PipelineReader.Mistake> mistakes;
    private final Set<String> known = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private boolean wrong;

    /// @param path where they stand, such as `operations[2]`
    Parameters(String path, Map<String, Object> values, List<PipelineReader.Mistake> mistakes) {
        this.path = path;
        this.values = values;
        this.mistakes = mistakes;
    }

    OptionalInt whole(String name, int least, int most) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        double number = value.get() instanceof Number given ? given.doubleValue() : Double.NaN;
        boolean whole = number == Math.rint(number);
        if (whole && number >= least && number <= most) {
            return OptionalInt.of((int) number);
        }
        String kind = whole ? "from " : "a whole number from ";
        mistake(name, "is " + kind + least + " to " + most + ", not " + shown(value.get()));
        return OptionalInt.empty();
    }

    int whole(String name, int least, int most, int otherwise) {
        return whole(name, least, most).orElse(otherwise);
    }

    OptionalDouble number(String name, double least, double most) {
        Optional<Object> value = value(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (value.get() instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return OptionalDouble.of(number.doubleValue());
        }
        mistake(name, "is from " + shown(least) + " to " + shown(most) + ", not " + shown(value.get()));
        return OptionalDouble.empty();
    }

    double number(String name, double least, double most, double otherwise) {
        return number(name, least, most).orElse(otherwise);
    }

    Optional<Boolean> flag(String name) {
        Optional<Object> value = value(name);
        if (value.isPresent() && !(value.get() instanceof Boolean)) {
            mistake(name, "is true or false, not " + shown(value.get()));
            return Optional.empty();
        }
        return value.map(Boolean.class::cast);
    }

    boolean flag(String name, boolean otherwise) {
        return flag(name).orElse(otherwise);
    }

    Optional<String> text(String name) {
        Optional<Object> value = value(name);
        if (value.isPresent() && !(value.get() instanceof String)) {
            mistake(name, "is a text, not " + shown(value.get()));
            return Optional.empty();
        }
        return value.map(String.class::cast);
    }

    /// @param choices what is told when the text is none of the known words
    <T> Optional<T> choice(String name, Function<String, Optional<T>> words, String choices) {
        Optional<String> text = text(name);
        Optional<T> found = text.flatMap(words);
        if (text.isPresent() && found.isEmpty()) {
            mistake(name, "is one of " + choices + ", not " + shown(text.get()));
        }
        return found;
    }

    Rgba colour(String name, Rgba otherwise) {
        return choice(name, Rgba::ofWire, "#rgb, #rrggbb, #aarrggbb, white, black, transparent or another name")
                .orElse(otherwise);
    }

    /// A name, or `{x, y}` with both from 0 to 1.
    Gravity gravity(String name, Gravity otherwise) {
        Optional<Object> value = value(name);
        if (value.isPresent()
                && value.get() instanceof Map<?, ?> point
                && point.keySet().equals(Set.of("x", "y"))) {
            if (point.get("x") instanceof Number x
                    && point.get("y") instanceof Number y
                    && isShare(x.doubleValue())
                    && isShare(y.doubleValue())) {
                return new Gravity(x.doubleValue(), y.doubleValue());
            }
            mistake(name, "has x and y from 0 to 1, not " + shown(value.get()));
            return otherwise;
        }
        return choice(name, Gravity::ofWire, "center, top, bottom-right and so on, or {x, y} from 0 to 1")
                .orElse(otherwise);
    }

    private static boolean isShare(double number) {
        return number >= 0 && number <= 1;
    }

    /// As it was written.
    Optional<Object> any(String name) {
        return value(name);
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    void need(String name, String why) {
        if (!has(name)) {
            mistake(name, why);
        }
    }

    void mistake(String name, String message) {
        add(path + "." + name, message);
    }

    void mistake(String message) {
        add(path, message);
    }

    private void add(String where, String message) {
        wrong = true;
        mistakes.add(new PipelineReader.Mistake(where, message));
    }

    /// Notes every parameter that nothing was asked of, and says whether all is well.
    boolean areGood() {
        for (Map.Entry<String, Object> given : values.entrySet()) {
            if (!known.contains(given.getKey())) {
                mistake(
                        shortened(given.getKey()),
                        "is no parameter of this operation; "
                                + (names.isEmpty() ? "it has none" : "it has " + String.join(", ", names)));
            }
        }
        return !wrong;
    }

    private Optional<Object> value(String name) {
        if (known.add(name)) {
            names.add(name);
        }
        return Optional.ofNullable(values.get(name));
    }

    static String shown(Object value) {
        return switch (value) {
            case String text -> '"' + shortened(text) + '"';
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> Long.toString(number.longValue());
            default -> shortened(String.valueOf(value));
        };
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
