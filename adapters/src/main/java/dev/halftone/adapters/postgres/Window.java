package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Keeps a batch's window of slices in the queue full, so that a batch of a million images holds as little of the
/// queue as a small one, and batches take turns.
final class Window {
    private final SliceQueue queue;

    Window(SliceQueue queue) {
        this.queue = queue;
    }

    /// Moves the batch's cursor and schedules slices until the window is full or the items are used up. The
    /// caller holds the batch's row.
    void fill(Handle handle, long batch, BatchId id, int nextItem, int openSlices) {
        int room = size(handle) - openSlices;
        if (room <= 0) {
            return;
        }
        List<Integer> ordinals = handle.createQuery("""
                        select ordinal from item
                         where batch = :batch and ordinal >= :next and state = 'pending'
                         order by ordinal limit :limit
                        """)
                .bind("batch", batch)
                .bind("next", nextItem)
                .bind("limit", room * Slice.LARGEST)
                .mapTo(Integer.class)
                .list();
        if (ordinals.isEmpty()) {
            return;
        }
        List<Slice> slices = slices(id, ordinals, true);
        queue.schedule(slices, Duration.ZERO);
        handle.createUpdate("update batch set next_item = :next, open_slices = open_slices + :more where key = :batch")
                .bind("next", ordinals.getLast() + 1)
                .bind("more", slices.size())
                .bind("batch", batch)
                .execute();
    }

    static List<Slice> slices(BatchId id, List<Integer> ordinals, boolean chained) {
        List<Slice> slices = new ArrayList<>();
        for (int from = 0; from < ordinals.size(); from += Slice.LARGEST) {
            int to = Math.min(ordinals.size(), from + Slice.LARGEST);
            slices.add(new Slice(id, ordinals.subList(from, to), chained));
        }
        return slices;
    }

    private static int size(Handle handle) {
        int nodes = handle.createQuery("select count(*) from node where " + JdbiNodes.ALIVE)
                .mapTo(Integer.class)
                .one();
        return Slice.window(nodes);
    }
}
