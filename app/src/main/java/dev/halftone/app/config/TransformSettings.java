package dev.halftone.app.config;

import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.RemoteHosts;
import dev.halftone.domain.transform.TransformRefused;
import java.util.Optional;

/// Reads the settings of URL transforms.
final class TransformSettings {
    private static final long TEBIBYTE = 1L << 40;
    private static final int SHORTEST_KEY = 32;

    private final SettingTexts texts;

    TransformSettings(SettingTexts texts) {
        this.texts = texts;
    }

    TransformConfig read() {
        return new TransformConfig(
                signingKey(),
                presets(),
                texts.flag(Settings.PRESETS_ONLY),
                remoteHosts(),
                texts.duration(Settings.TRANSFORM_TTL),
                (int) texts.number(Settings.TRANSFORM_QUEUE, 1, 100_000, 256),
                texts.number(Settings.CACHE_MEMORY, 0, TEBIBYTE, 64L << 20),
                texts.number(Settings.CACHE_DISK, 0, 1_024 * TEBIBYTE, 1L << 30),
                texts.duration(Settings.CACHE_TTL));
    }

    private Optional<String> signingKey() {
        Optional<String> key = texts.text(Settings.SIGNING_KEY);
        if (key.filter(text -> text.length() < SHORTEST_KEY).isPresent()) {
            texts.mistake(
                    Settings.SIGNING_KEY,
                    "a key has " + SHORTEST_KEY + " random characters or more, such as openssl rand -base64 32 gives");
        }
        return key;
    }

    private Presets presets() {
        try {
            return Presets.parse(texts.text(Settings.PRESETS).orElse(""));
        } catch (TransformRefused refused) {
            refused.problems().forEach(problem -> texts.mistake(Settings.PRESETS, problem.toString()));
            return Presets.NONE;
        }
    }

    private RemoteHosts remoteHosts() {
        try {
            return RemoteHosts.parse(texts.text(Settings.FETCH_ALLOW).orElse(""));
        } catch (IllegalArgumentException refused) {
            texts.mistake(Settings.FETCH_ALLOW, String.valueOf(refused.getMessage()));
            return RemoteHosts.parse("");
        }
    }
}
