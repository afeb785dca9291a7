package dev.halftone.app.cli;

import dev.halftone.domain.access.ApiKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys as `halftone keys list` prints them.
final class KeysTable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);
    private static final String ROW = "%-20s %-20s %-14s %8s %12s  %-17s  %-17s  %s";

    private KeysTable() {}

    static List<String> lines(List<ApiKey> keys) {
        if (keys.isEmpty()) {
            return List.of("There are no keys yet. Make one: halftone keys create NAME");
        }
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("NAME", "OWNER", "KEY", "RATE", "QUOTA", "CREATED", "LAST USED", "REVOKED"));
        for (ApiKey key : keys) {
            lines.add(ROW.formatted(
                            key.name(),
                            key.owner(),
                            key.hint() + "…",
                            key.rate().isPresent() ? String.valueOf(key.rate().getAsInt()) : "default",
                            key.quota().isPresent() ? String.valueOf(key.quota().getAsLong()) : "default",
                            TIME.format(key.created()),
                            time(key.lastUsed()),
                            time(key.revoked()))
                    .stripTrailing());
        }
        return lines;
    }

    private static String time(Optional<Instant> at) {
        return at.map(TIME::format).orElse("-");
    }
}
