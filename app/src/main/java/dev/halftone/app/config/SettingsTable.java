package dev.halftone.app.config;

import java.util.ArrayList;
import java.util.List;

/// The settings as `halftone config` prints them: value, origin, meaning; secrets masked.
public final class SettingsTable {

    private SettingsTable() {}

    public static List<String> lines(Environment environment) {
        List<String> lines = new ArrayList<>();
        for (Setting setting : Settings.ALL) {
            var given = environment.given(setting);
            String value = given.map(found -> setting.secret() ? "********" : withoutPassword(found.text()))
                    .orElse(setting.fallback().isEmpty() ? "(none)" : setting.fallback());
            lines.add("%-31s %-38s %s"
                    .formatted(
                            setting.variable(),
                            value,
                            given.map(Environment.Given::origin).orElse("default")));
        }
        return lines;
    }

    /// A database URL may carry its password.
    private static String withoutPassword(String text) {
        return text.replaceAll("(?i)(password=)[^&]*", "$1********").replaceAll("(//[^/:@]*:)[^/@]*@", "$1********@");
    }
}
