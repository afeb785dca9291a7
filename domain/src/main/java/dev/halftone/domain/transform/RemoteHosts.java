package dev.halftone.domain.transform;

import dev.halftone.domain.source.SourceUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The hosts whose images may be transformed by address: `cdn.example.com`, all below one as `*.example.com`, each
/// with a port where it is not the scheme's own. Which addresses those names may lead to is the outbound guard's
/// matter. Immutable.
public final class RemoteHosts {
    private static final Pattern FORM = Pattern.compile(
            "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*(:\\d{1,5})?"
                    + "|\\[[0-9a-f:.]+](:\\d{1,5})?");

    private final List<String> entries;

    private RemoteHosts(List<String> entries) {
        this.entries = List.copyOf(entries);
    }

    /// Reads a comma-separated list; blank entries are skipped, and no entry turns remote sources off.
    ///
    /// @throws IllegalArgumentException naming the entry that is no host
    public static RemoteHosts parse(String list) {
        List<String> entries = new ArrayList<>();
        for (String written : list.split(",")) {
            String entry = written.strip().toLowerCase(Locale.ROOT);
            if (!entry.isEmpty()) {
                if (!FORM.matcher(entry).matches()) {
                    throw new IllegalArgumentException("'" + entry
                            + "' is not a host; write cdn.example.com, cdn.example.com:8443 or *.example.com");
                }
                entries.add(entry);
            }
        }
        return new RemoteHosts(entries);
    }

    /// Whether there are remote sources at all.
    public boolean isOff() {
        return entries.isEmpty();
    }

    public boolean allow(SourceUrl url) {
        boolean usual = url.port() == (url.uri().getScheme().equals("https") ? 443 : 80);
        String asked = url.host() + (usual ? "" : ":" + url.port());
        return !url.isFile()
                && entries.stream()
                        .anyMatch(entry ->
                                entry.startsWith("*.") ? asked.endsWith(entry.substring(1)) : asked.equals(entry));
    }
}
