package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Reads query parameters; an empty one is as good as none, a wrong one ends the request by its name.
public final class Parameters {
    private final Context ctx;

    public Parameters(Context ctx) {
        this.ctx = ctx;
    }

    public int limit(int otherwise, int most) {
        return number("limit", 1, most).orElse(otherwise);
    }

    /// @throws Refusal 400
    public OptionalInt number(String name, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.get().matches("\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        throw bad(name, "is a whole number from " + least + " to " + most);
    }

    /// @param expected what is told when the text is none of the known words
    /// @throws Refusal 400
    public <T> Optional<T> word(String name, Function<String, Optional<T>> known, String expected) {
        return text(name).map(word -> known.apply(word).orElseThrow(() -> bad(name, expected)));
    }

    /// `true`, `false` or nothing.
    ///
    /// @throws Refusal 400
    public boolean flag(String name) {
        return word(name, Parameters::truth, "is true or false").orElse(false);
    }

    private static Optional<Boolean> truth(String word) {
        return word.equals("true") || word.equals("false") ? Optional.of(word.equals("true")) : Optional.empty();
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(ctx.queryParam(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Refusal bad(String name, String expected) {
        return RequestProblems.badField(name, "invalid_parameter", expected);
    }
}
