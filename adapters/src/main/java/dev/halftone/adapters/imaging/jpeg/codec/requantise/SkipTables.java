package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import java.util.LinkedHashMap;
import java.util.Map;

/// The [SkipTable]s made last. Cameras and encoders without optimised coding all use the tables of T.81 Annex K.3, so
/// that a catalogue's files share theirs; making one takes as long as some hundred blocks. Not thread-safe.
final class SkipTables {
    private static final int KEPT = 16;

    private final Map<Key, SkipTable> tables = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SkipTable> eldest) {
            return size() > KEPT;
        }
    };

    SkipTable of(HuffmanTable table, Requantiser requantiser) {
        int from = requantiser.firstVanishing();
        int limit = from < SkipTable.LAST_COMPOSED ? requantiser.vanishingFrom(from) : 0;
        return tables.computeIfAbsent(new Key(table, from, limit), key -> new SkipTable(table, from, limit));
    }

    private record Key(HuffmanTable table, int from, int limit) {}
}
