package dev.halftone.adapters.postgres;

import dev.halftone.domain.source.SourceUrl;
import java.util.HashMap;
import java.util.Map;

/// Gives the items of one batch their lanes while they are stored: each host (name and port) has one of its
/// own, in the order the hosts appear; those beyond the last lane share. For one thread.
final class Lanes {
    /// The most lanes a batch has. Each costs a row that is read whenever a slice ends.
    static final int MOST = 16;

    private final Map<String, Integer> own = new HashMap<>();

    int of(SourceUrl url) {
        String host = url.host() + ":" + url.port();
        Integer known = own.get(host);
        if (known != null) {
            return known;
        }
        if (own.size() < MOST) {
            own.put(host, own.size());
            return own.size() - 1;
        }
        return Math.floorMod(host.hashCode(), MOST);
    }

    /// How many there are, numbered from 0.
    int count() {
        return own.size();
    }
}
