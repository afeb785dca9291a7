package dev.halftone.adapters.http;

import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Objects in a map, all stored at one moment.
public final class MapObjectStore implements ObjectStore {
    private static final Instant STORED = Instant.parse("2026-11-21T08:00:00.5Z");

    private final Map<ObjectKey, byte[]> objects = new ConcurrentHashMap<>();
    private final URI base;

    /// Told of each deletion before it happens; may keep it waiting.
    public final AtomicReference<Consumer<ObjectKey>> beforeDelete = new AtomicReference<>(key -> {});

    public MapObjectStore(URI base) {
        this.base = base;
    }

    public Set<ObjectKey> keys() {
        return Set.copyOf(objects.keySet());
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, String mediaType) {
        objects.put(key, bytes);
    }

    @Override
    public long put(ObjectKey key, InputStream bytes, String mediaType) throws IOException {
        byte[] all = bytes.readAllBytes();
        objects.put(key, all);
        return all.length;
    }

    @Override
    public Optional<StoredObject> open(ObjectKey key) {
        return Optional.ofNullable(objects.get(key))
                .map(bytes -> new StoredObject(new ByteArrayInputStream(bytes), bytes.length, STORED));
    }

    @Override
    public void delete(ObjectKey key) {
        beforeDelete.get().accept(key);
        objects.remove(key);
    }

    @Override
    public Stream<ListedObject> list(String prefix) {
        ObjectKey.checkPrefix(prefix);
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().value().startsWith(prefix))
                .map(entry -> new ListedObject(entry.getKey(), entry.getValue().length, STORED));
    }

    @Override
    public int sweepUnfinished(Duration age) {
        return 0;
    }

    @Override
    public URI publicUrl(ObjectKey key) {
        return base.resolve("/files/" + key);
    }
}
