package dev.halftone.domain.item;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Port: the state of items while they are worked on. Every write carries the attempt its item was marked with,
/// so a worker that lost an item changes nothing. Counters of the batch move with the items, and the batch ends
/// with its last one. Thread-safe.
public interface ItemStore {

    /// How often an item may be running when its worker dies; with the last time it fails as `poison`. Until
    /// the time before, it runs again beside others: most workers die of something else, and a kill -9 leaves
    /// hundreds of items behind. Then one such item runs at a time, so that a crash tells which of them it was.
    int MAX_CRASHES = 3;

    /// Marks the items of slices of one batch `processing`. Items that dead workers left behind for the last
    /// time but one become suspects; one that has been there too often fails.
    ///
    /// @param runs of one worker
    /// @return without those that lost their slices to another worker
    Map<SliceRun, BegunSlice> begin(BatchId batch, List<SliceRun> runs);

    /// Marks one suspect `processing`; empty when it is no longer to be run.
    Optional<BegunSlice.BegunItem> beginSuspect(SliceRun run, int ordinal);

    /// Writes final outcomes of items of one batch and ends slices of it, all or nothing. With the end of a
    /// slice its failed items that are worth another attempt go back into the queue with a delay, what was not
    /// finished is handed back at once, and the batch's next slice follows. A slice that was lost is left
    /// alone.
    Finished finish(BatchId batch, List<Ended> ended, List<SliceEnd> ends);

    /// The end of a slice's run, when the outcomes of its items are written, or with the last of them.
    ///
    /// @param handedBack ordinals; their attempt does not count
    record SliceEnd(SliceRun run, List<Again> again, List<Integer> handedBack) {
        public SliceEnd {
            again = List.copyOf(again);
            handedBack = List.copyOf(handedBack);
        }
    }

    /// What became of outcomes and slices.
    sealed interface Finished {
        /// The runs that had lost their slices.
        Set<SliceRun> lost();

        /// @param items how many were changed; fewer than given when some were lost to another worker
        record Written(int items, Set<SliceRun> lost) implements Finished {
            public Written {
                lost = Set.copyOf(lost);
            }
        }

        /// The batch was deleted meanwhile, and with it what the outputs were for.
        record Deleted(Set<SliceRun> lost) implements Finished {
            public Deleted {
                lost = Set.copyOf(lost);
            }
        }
    }

    /// An item with its final outcome.
    record Ended(Item item, ItemOutcome outcome) {}

    /// Items that are tried again after a delay.
    ///
    /// @param counted whether their attempt counts; it does not where they were put off untried, and then other
    /// items of the same lane wait too
    record Again(Duration delay, List<Missed> items, boolean counted) {
        public Again {
            items = List.copyOf(items);
        }
    }

    /// An item whose attempt failed, or was put off.
    record Missed(Item item, Failure failure) {}
}
