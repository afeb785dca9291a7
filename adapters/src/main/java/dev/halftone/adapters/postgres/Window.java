package dev.halftone.adapters.postgres;

import dev.halftone.adapters.postgres.LaneRows.Lane;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;

/// Keeps a batch's window of slices in the queue full, so that a batch of a million images holds as little of
/// the queue as a small one, and batches take turns. The window is shared by the batch's lanes: each free place
/// goes to the lane with the fewest slices in the queue, of those to the one that has come the least far, so
/// that a slow host never has more than its part while others have work.
final class Window {
    private final SliceQueue queue;

    Window(SliceQueue queue) {
        this.queue = queue;
    }

    /// Schedules slices until the window is full or the items are used up. The caller holds the batch's row.
    ///
    /// @param openSlices the batch's chained slices in the queue
    void fill(Handle handle, long batch, BatchId id, int priority, int openSlices) {
        PriorityQueue<Lane> lanes =
                new PriorityQueue<>(Comparator.comparingInt(Lane::open).thenComparingInt(Lane::next));
        LaneRows.Ready ready = LaneRows.ready(handle, batch);
        lanes.addAll(ready.lanes());
        int room = Slice.window(ready.nodes(), priority) - openSlices;
        List<Slice> slices = new ArrayList<>();
        Map<Integer, LaneRows.Moved> moved = new LinkedHashMap<>();
        while (slices.size() < room && !lanes.isEmpty()) {
            Lane lane = lanes.remove();
            List<Integer> ordinals = LaneRows.waiting(handle, batch, lane, Slice.LARGEST);
            boolean drained = ordinals.size() < Slice.LARGEST;
            if (!ordinals.isEmpty()) {
                slices.add(new Slice(id, ordinals, true, priority));
                lane = new Lane(lane.number(), ordinals.getLast() + 1, lane.open() + 1);
            }
            moved.put(lane.number(), new LaneRows.Moved(lane, drained));
            if (!drained) {
                lanes.add(lane);
            }
        }
        if (!moved.isEmpty()) {
            LaneRows.moved(handle, batch, List.copyOf(moved.values()), slices.size());
        }
        if (!slices.isEmpty()) {
            queue.schedule(slices, Duration.ZERO);
        }
    }

    static List<Slice> slices(BatchId id, List<Integer> ordinals, boolean chained, int priority) {
        List<Slice> slices = new ArrayList<>();
        for (int from = 0; from < ordinals.size(); from += Slice.LARGEST) {
            int to = Math.min(ordinals.size(), from + Slice.LARGEST);
            slices.add(new Slice(id, ordinals.subList(from, to), chained, priority));
        }
        return slices;
    }
}
