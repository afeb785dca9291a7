package dev.halftone.domain.item;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import java.util.List;

/// Up to 64 items of one batch that one worker runs together: what the queue holds.
///
/// @param ordinals of the items, ascending, at least one
/// @param chained whether the batch's next slice follows when this one ends; a slice of items that wait for
/// another attempt is not chained
/// @param priority the batch's, 1 to 10
public record Slice(BatchId batch, List<Integer> ordinals, boolean chained, int priority) {

    /// How many items a slice holds at most.
    public static final int LARGEST = 64;

    private static final int LEAST_WINDOW_OF_ANY = 2;

    private static final int WINDOW_OF_A_NODE = 4;
    private static final int LEAST_WINDOW = 8;

    /// How many of a batch's slices are in the queue at once: four for each live node, at least eight, and more
    /// or fewer in proportion to its priority. Slices wait in the order they came, so a batch's part of the
    /// queue is its part of the turns.
    public static int window(int nodes, int priority) {
        int usual = Math.max(LEAST_WINDOW, WINDOW_OF_A_NODE * nodes);
        return Math.max(LEAST_WINDOW_OF_ANY, Math.ceilDiv(usual * priority, BatchOptions.USUAL_PRIORITY));
    }

    /// How many of a batch's slices one node runs at once, so that the window is shared and the first to look
    /// does not take it all.
    public static int share(int nodes, int priority) {
        return Math.ceilDiv(window(nodes, priority), Math.max(1, nodes));
    }

    /// Of a batch with the usual priority.
    public Slice(BatchId batch, List<Integer> ordinals, boolean chained) {
        this(batch, ordinals, chained, BatchOptions.USUAL_PRIORITY);
    }

    public Slice {
        ordinals = List.copyOf(ordinals);
        if (ordinals.isEmpty() || ordinals.size() > LARGEST) {
            throw new IllegalArgumentException("a slice has 1 to " + LARGEST + " items, not " + ordinals.size());
        }
    }
}
