package dev.halftone.domain.item;

import dev.halftone.domain.batch.BatchId;
import java.util.List;

/// Up to 64 items of one batch that one worker runs together: what the queue holds.
///
/// @param ordinals of the items, ascending, at least one
/// @param chained whether the batch's next slice follows when this one ends; a slice of items that wait for
/// another attempt is not chained
public record Slice(BatchId batch, List<Integer> ordinals, boolean chained) {

    /// How many items a slice holds at most.
    public static final int LARGEST = 64;

    private static final int WINDOW_OF_A_NODE = 4;
    private static final int LEAST_WINDOW = 8;

    /// How many of a batch's slices are in the queue at once: four for each live node, at least eight.
    public static int window(int nodes) {
        return Math.max(LEAST_WINDOW, WINDOW_OF_A_NODE * nodes);
    }

    /// How many of a batch's slices one node runs at once, so that the window is shared and the first to look
    /// does not take it all.
    public static int share(int nodes) {
        return Math.ceilDiv(window(nodes), Math.max(1, nodes));
    }

    public Slice {
        ordinals = List.copyOf(ordinals);
        if (ordinals.isEmpty() || ordinals.size() > LARGEST) {
            throw new IllegalArgumentException("a slice has 1 to " + LARGEST + " items, not " + ordinals.size());
        }
    }
}
