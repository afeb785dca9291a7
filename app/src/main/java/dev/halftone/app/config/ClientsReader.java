package dev.halftone.app.config;

import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.http.connection.Networks;
import java.time.Duration;

/// Reads what clients are held to.
final class ClientsReader {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final SettingTexts texts;

    ClientsReader(SettingTexts texts) {
        this.texts = texts;
    }

    ClientLimits read() {
        ClientLimits usual = ClientLimits.DEFAULT;
        return new ClientLimits(
                (int) texts.number(Settings.MAX_HEADER_BYTES, 2_048, 65_536, usual.headerBytes()),
                time(),
                (int) texts.number(Settings.BODY_RATE, 0, 1_000_000, usual.bodyRate()),
                (int) texts.number(Settings.MAX_CONNECTIONS, 1, 1_000_000, usual.connections()),
                (int) texts.number(Settings.MAX_CONNECTIONS_PER_ADDRESS, 1, 1_000_000, usual.connectionsPerAddress()),
                proxies());
    }

    private Duration time() {
        Duration time = texts.duration(Settings.HEADER_TIMEOUT);
        if (time.compareTo(LONGEST) > 0) {
            texts.mistake(Settings.HEADER_TIMEOUT, "a client has at most " + LONGEST.toMinutes() + "m");
        }
        return time;
    }

    private Networks proxies() {
        try {
            return Networks.parse(texts.text(Settings.TRUSTED_PROXIES).orElse(""));
        } catch (IllegalArgumentException e) {
            texts.mistake(Settings.TRUSTED_PROXIES, String.valueOf(e.getMessage()));
            return Networks.NONE;
        }
    }
}
