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

    public Slice {
        ordinals = List.copyOf(ordinals);
        if (ordinals.isEmpty() || ordinals.size() > LARGEST) {
            throw new IllegalArgumentException("a slice has 1 to " + LARGEST + " items, not " + ordinals.size());
        }
    }
}
