package dev.halftone.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what was set as values, and collects what can't be read. A wrong value counts as none.
final class SettingTexts {
    private final Environment environment;
    private final List<String> mistakes;

    SettingTexts(Environment environment) {
        this.environment = environment;
        this.mistakes = new ArrayList<>(environment.mistakes());
    }

    List<String> mistakes() {
        return mistakes;
    }

    void mistake(String what) {
        mistakes.add(what);
    }

    void mistake(Setting setting, String what) {
        mistakes.add(setting.variable() + ": " + what);
    }

    Optional<String> text(Setting setting) {
        return environment.given(setting).map(Environment.Given::text);
    }

    long number(Setting setting, long least, long most, long otherwise) {
        Optional<String> text = text(setting);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("\\d{1,16}")) {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        mistakes.add(setting.variable() + " is a whole number from " + least + " to " + most + ", not \"" + text.get()
                + "\"");
        return otherwise;
    }

    String choice(Setting setting, String otherwise, List<String> choices) {
        String text = text(setting).orElse(otherwise);
        if (!choices.contains(text)) {
            mistakes.add(setting.variable() + " is " + String.join(" or ", choices) + ", not \"" + text + "\"");
        }
        return text;
    }

    boolean flag(Setting setting) {
        return choice(setting, setting.fallback(), List.of("true", "false")).equals("true");
    }

    /// Such as `30d`, `12h`, `5m`, `90s`; the fallback is one.
    Duration duration(Setting setting) {
        String text = text(setting).orElse(setting.fallback());
        return Durations.parse(text).filter(Duration::isPositive).orElseGet(() -> {
            mistakes.add(setting.variable() + " is a time such as 30d, 12h, 5m or 90s, not \"" + text + "\"");
            return Durations.parse(setting.fallback()).orElseThrow();
        });
    }
}
