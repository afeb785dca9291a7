package dev.halftone.adapters.cache;

import dev.halftone.domain.variant.cached.VariantKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The variants that were asked for last, within a number of bytes. Thread-safe.
final class MemoryVariants {
    /// What an entry costs besides its picture, roughly.
    private static final long OVERHEAD = 512;

    /// One picture may not push out most of the others.
    private static final int SHARE = 8;

    private final long most;
    private final Map<VariantKey, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    MemoryVariants(long most) {
        this.most = most;
    }

    synchronized Optional<Kept> find(VariantKey key) {
        return Optional.ofNullable(kept.get(key));
    }

    synchronized void put(VariantKey key, Kept entry) {
        remove(key);
        if (costOf(entry) > most / SHARE) {
            return;
        }
        kept.put(key, entry);
        bytes += costOf(entry);
        var eldest = kept.entrySet().iterator();
        while (bytes > most && eldest.hasNext()) {
            bytes -= costOf(eldest.next().getValue());
            eldest.remove();
        }
    }

    synchronized void remove(VariantKey key) {
        Kept removed = kept.remove(key);
        if (removed != null) {
            bytes -= costOf(removed);
        }
    }

    synchronized Set<VariantKey> purge(String owner) {
        Set<VariantKey> gone =
                kept.keySet().stream().filter(key -> key.owner().equals(owner)).collect(Collectors.toSet());
        gone.forEach(this::remove);
        return gone;
    }

    synchronized long bytes() {
        return bytes;
    }

    private static long costOf(Kept entry) {
        return entry.variant().bytes().length + OVERHEAD;
    }
}
