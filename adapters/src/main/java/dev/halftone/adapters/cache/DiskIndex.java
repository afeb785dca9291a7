package dev.halftone.adapters.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which files there are, by when they were last asked for, and how many bytes they have together. Thread-safe.
final class DiskIndex {
    private Map<String, Long> sizes = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    synchronized void add(String name, long size) {
        Long before = sizes.put(name, size);
        bytes += size - (before == null ? 0 : before);
    }

    synchronized void touch(String name) {
        sizes.get(name);
    }

    synchronized void remove(String name) {
        Long size = sizes.remove(name);
        bytes -= size == null ? 0 : size;
    }

    /// Files of an earlier run, the longest unused first: all of them were asked for before anything that is known.
    synchronized void addOlder(Map<String, Long> older) {
        Map<String, Long> all = new LinkedHashMap<>(64, 0.75f, true);
        all.putAll(older);
        all.keySet().removeAll(sizes.keySet());
        all.putAll(sizes);
        sizes = all;
        bytes = all.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Takes the longest unused out until the rest is within the bound.
    synchronized List<String> shrinkTo(long most) {
        List<String> victims = new ArrayList<>();
        var eldest = sizes.entrySet().iterator();
        while (bytes > most && eldest.hasNext()) {
            Map.Entry<String, Long> entry = eldest.next();
            victims.add(entry.getKey());
            bytes -= entry.getValue();
            eldest.remove();
        }
        return victims;
    }

    synchronized long bytes() {
        return bytes;
    }
}
