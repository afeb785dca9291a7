package dev.halftone.app.config;

import dev.halftone.domain.batch.Retention;
import java.time.Duration;
import java.util.Optional;

/// Reads how long what is kept is kept.
final class KeepingReader {
    private static final Duration LEAST = Duration.ofHours(1);

    private final SettingTexts texts;

    KeepingReader(SettingTexts texts) {
        this.texts = texts;
    }

    KeepingConfig read() {
        return new KeepingConfig(retention(), sweepAfter());
    }

    private Retention retention() {
        String text = texts.text(Settings.RETENTION).orElse(Settings.RETENTION.fallback());
        return Retention.parse(text).orElseGet(() -> {
            texts.mistake("HALFTONE_RETENTION " + Retention.EXPECTED + ", not \"" + text + "\"");
            return Retention.DEFAULT;
        });
    }

    private Optional<Duration> sweepAfter() {
        String text = texts.text(Settings.SWEEP_AFTER).orElse(Settings.SWEEP_AFTER.fallback());
        if (text.equals("0")) {
            return Optional.empty();
        }
        Optional<Duration> age = Durations.parse(text).filter(time -> time.compareTo(LEAST) >= 0);
        if (age.isEmpty()) {
            texts.mistake("HALFTONE_SWEEP_AFTER is a time of 1h or more, such as 24h or 7d, or 0 for never, not \""
                    + text + "\"");
        }
        return age;
    }
}
