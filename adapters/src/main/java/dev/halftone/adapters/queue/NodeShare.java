package dev.halftone.adapters.queue;

import dev.halftone.domain.item.Slice;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many slices of each batch this node runs, against its share of the batch's window. Thread-safe.
final class NodeShare {
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private volatile int nodes = 1;

    /// Takes over how many nodes are alive.
    void among(int alive) {
        nodes = Math.max(1, alive);
    }

    /// Counts one more slice of a batch in, unless the share is used up.
    boolean enter(String batch, int priority) {
        int share = Slice.share(nodes, priority);
        boolean[] entered = new boolean[1];
        running.compute(batch, (id, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < share;
            return entered[0] ? Integer.valueOf(now + 1) : count;
        });
        return entered[0];
    }

    void leave(String batch) {
        running.computeIfPresent(batch, (id, count) -> count == 1 ? null : count - 1);
    }
}
