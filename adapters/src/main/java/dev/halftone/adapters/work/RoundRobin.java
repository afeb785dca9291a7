package dev.halftone.adapters.work;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Waiting things by owner, taken in turn over the owners; in the order they came for one owner. Not
/// thread-safe.
final class RoundRobin<K, T> {
    private final Map<K, Queue<T>> waiting = new LinkedHashMap<>();

    void add(K owner, T thing) {
        waiting.computeIfAbsent(owner, key -> new ArrayDeque<>()).add(thing);
    }

    /// Whose turn it is next, left in its place.
    @Nullable
    T peek() {
        return waiting.isEmpty() ? null : waiting.values().iterator().next().peek();
    }

    /// Takes the next one; its owner goes to the end of the row.
    @Nullable
    T poll() {
        if (waiting.isEmpty()) {
            return null;
        }
        Map.Entry<K, Queue<T>> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        T thing = first.getValue().poll();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue());
        }
        return thing;
    }

    /// Takes a thing out; false when it is no longer there.
    boolean remove(K owner, T thing) {
        Queue<T> queue = waiting.get(owner);
        if (queue == null || !queue.remove(thing)) {
            return false;
        }
        if (queue.isEmpty()) {
            waiting.remove(owner);
        }
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
