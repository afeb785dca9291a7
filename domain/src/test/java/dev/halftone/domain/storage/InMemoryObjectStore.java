package dev.halftone.domain.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/// Keeps objects for the length of a test.
public final class InMemoryObjectStore implements ObjectStore {

    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(byte[] bytes, String mediaType, Instant stored) {}

    private final ConcurrentMap<ObjectKey, Kept> objects = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public InMemoryObjectStore() {
        this(InstantSource.system());
    }

    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, String mediaType) {
        objects.put(key, new Kept(bytes.clone(), mediaType, clock.instant()));
    }

    @Override
    public long put(ObjectKey key, InputStream bytes, String mediaType) throws IOException {
        byte[] all = bytes.readAllBytes();
        put(key, all, mediaType);
        return all.length;
    }

    @Override
    public Optional<StoredObject> open(ObjectKey key) {
        return Optional.ofNullable(objects.get(key))
                .map(kept ->
                        new StoredObject(new ByteArrayInputStream(kept.bytes()), kept.bytes().length, kept.stored()));
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key);
    }

    @Override
    public Stream<ListedObject> list(String prefix) {
        ObjectKey.checkPrefix(prefix);
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().value().startsWith(prefix))
                .map(entry -> new ListedObject(
                        entry.getKey(),
                        entry.getValue().bytes().length,
                        entry.getValue().stored()));
    }

    @Override
    public int sweepUnfinished(Duration age) {
        return 0;
    }

    @Override
    public URI publicUrl(ObjectKey key) {
        return URI.create("https://store.example/files/" + key);
    }

    /// The keys that hold something, in order.
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        objects.keySet().forEach(key -> keys.add(key.value()));
        return keys;
    }

    /// What was given as the object's media type.
    public Optional<String> mediaType(ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).map(Kept::mediaType);
    }
}
