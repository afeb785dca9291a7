package dev.halftone.domain.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The languages that a text is read in, the most important first.
///
/// @param codes such as `eng` or `chi_sim`: 1 to 8, each of three to 32 small letters and `_`
public record Languages(List<String> codes) {
    public static final int MOST = 8;
    private static final String CODE = "[a-z][a-z_]{2,31}";

    public Languages {
        codes = List.copyOf(codes);
        if (codes.isEmpty() || codes.size() > MOST || !codes.stream().allMatch(code -> code.matches(CODE))) {
            throw new IllegalArgumentException("1 to " + MOST + " codes such as eng are expected");
        }
    }

    /// Reads `eng` or `eng+deu`. In a URL's query `+` stands for a space, so that separates too.
    ///
    /// @return empty where it can't be that
    public static Optional<Languages> parse(String text) {
        try {
            return Optional.of(new Languages(Arrays.stream(text.strip().split("[+ ,]", MOST + 2))
                    .distinct()
                    .toList()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Joined by `+`.
    public String wire() {
        return String.join("+", codes);
    }
}
