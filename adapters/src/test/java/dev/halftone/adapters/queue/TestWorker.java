package dev.halftone.adapters.queue;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Again;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.Finished;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import dev.halftone.domain.item.SliceRun;
import java.util.List;
import java.util.Optional;

/// A test as the worker: begins and ends one slice at a time, where a real one does so with all that it has.
public final class TestWorker {
    private final ItemStore items;

    public TestWorker(ItemStore items) {
        this.items = items;
    }

    /// @return empty when the slice was lost to another worker
    public Optional<BegunSlice> begin(SliceRun run) {
        return Optional.ofNullable(
                items.begin(run.slice().batch(), List.of(run)).get(run));
    }

    /// What items end as that went well.
    public static List<Ended> delivered(List<BegunItem> begun) {
        return begun.stream()
                .map(item -> new Ended(item.item(), Plant.delivered(item.item())))
                .toList();
    }

    /// Writes outcomes and ends no slice.
    ///
    /// @return how many items were changed
    public int write(BatchId batch, List<Ended> ended) {
        return switch (items.finish(batch, ended, List.of())) {
            case Finished.Written written -> written.items();
            case Finished.Deleted deleted -> throw new AssertionError(batch + " is gone: " + deleted);
        };
    }

    /// Ends a slice and writes no outcome.
    ///
    /// @return whether the slice was still this run's
    public boolean end(SliceRun run, Again... again) {
        SliceEnd end = new SliceEnd(run, List.of(again), List.of());
        return !items.finish(run.slice().batch(), List.of(), List.of(end))
                .lost()
                .contains(run);
    }
}
