package dev.halftone.domain.stock;

import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Says in an object store which databases keep their objects there: an object `stocks/ID` for each. Two
/// installations that share a bucket must not take each other's objects for strays.
public final class StockMark {
    private static final String FOLDER = "stocks/";
    private static final byte[] TEXT =
            "The id of a Halftone database whose objects are here.\n".getBytes(StandardCharsets.UTF_8);

    private final ObjectStore objects;
    private final String stock;

    /// @param stock the database's id
    public StockMark(ObjectStore objects, String stock) {
        this.objects = objects;
        this.stock = stock;
    }

    /// Puts the mark, new or again.
    public void put() {
        objects.put(key(), TEXT, "text/plain");
    }

    private ObjectKey key() {
        return new ObjectKey(FOLDER + stock);
    }

    /// The time by the store's own clock: that of the mark, which is put again.
    public Instant now() {
        put();
        ObjectKey key = key();
        try (Stream<ListedObject> mine = objects.list(key.value())) {
            return mine.filter(object -> object.key().equals(key))
                    .map(ListedObject::stored)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the object store does not list what was just put"));
        }
    }

    /// The other databases that have marked the store.
    public List<String> others() {
        try (Stream<ListedObject> marks = objects.list(FOLDER)) {
            return marks.map(object -> object.key().value().substring(FOLDER.length()))
                    .filter(id -> !id.equals(stock))
                    .toList();
        }
    }
}
