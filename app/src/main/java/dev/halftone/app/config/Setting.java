package dev.halftone.app.config;

import java.util.Locale;

/// One thing an operator can set.
///
/// @param variable its environment variable, `HALFTONE_…`
/// @param fallback what holds when it is not set, as text for people; empty for none
/// @param secret whether its value is masked when shown
/// @param meaning one sentence for the reference page
public record Setting(String variable, String fallback, boolean secret, String meaning) {

    /// Its name in the properties file: without prefix, in lower case, words joined by `-`.
    public String property() {
        return variable.substring("HALFTONE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
