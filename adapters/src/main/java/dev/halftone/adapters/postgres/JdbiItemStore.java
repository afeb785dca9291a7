package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceQueue;
import dev.halftone.domain.item.SliceRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Items at work, in PostgreSQL. Every transaction takes the batch's row first, so that two never wait for each
/// other in a circle.
public final class JdbiItemStore implements ItemStore {
    private final Database database;
    private final SliceQueue queue;
    private final Window window;
    private final BatchEnd batchEnd;

    /// @param queue and deliveries are in the same database: their writes join the store's transactions
    /// @param random a secure source, for the ids of deliveries
    public JdbiItemStore(Database database, SliceQueue queue, DeliveryQueue deliveries, RandomGenerator random) {
        this.database = database;
        this.queue = queue;
        this.window = new Window(queue);
        this.batchEnd = new BatchEnd(deliveries, random);
    }

    @Override
    public Optional<BegunSlice> begin(SliceRun run) {
        return database.patientTransaction(handle -> {
            Optional<BatchLock> found = held(handle, run);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            BatchLock batch = found.get();
            List<Integer> ordinals = run.slice().ordinals();
            List<ItemRows.Odd> odd = ItemRows.odd(handle, batch.key(), ordinals);
            boolean leftBehind = odd.stream().anyMatch(ItemRows.Odd::processing);
            if (leftBehind || batch.stopped()) {
                ItemRows.suspectLeftBehind(handle, batch.key(), odd);
                if (batch.stopped()) {
                    CancelledItems.of(handle, batch.key(), ordinals);
                }
                batchEnd.endIfDone(handle, batch.key());
                odd = ItemRows.odd(handle, batch.key(), ordinals);
            }
            BatchOptions options = Json.options(batch.options());
            List<BegunItem> begun =
                    ItemRows.begin(handle, batch.key(), run, ordinals, ItemRows.TOGETHER, options.duplicates());
            List<Integer> suspects = odd.stream().map(ItemRows.Odd::ordinal).toList();
            return Optional.of(new BegunSlice(options.recipe(), begun, suspects));
        });
    }

    /// The batch of a slice that is this run's. A slice whose batch was deleted leaves the queue here.
    private Optional<BatchLock> held(Handle handle, SliceRun run) {
        Optional<BatchLock> batch = BatchLock.find(handle, run.slice().batch());
        if (batch.isEmpty()) {
            queue.complete(run);
            return batch;
        }
        return queue.holds(run) ? batch : Optional.empty();
    }

    @Override
    public Optional<BegunItem> beginSuspect(SliceRun run, int ordinal) {
        return database.patientTransaction(handle -> held(handle, run)
                .filter(batch -> !batch.stopped())
                .flatMap(batch -> ItemRows.begin(
                                handle,
                                batch.key(),
                                run,
                                List.of(ordinal),
                                ItemRows.ALONE,
                                Json.options(batch.options()).duplicates())
                        .stream()
                        .findFirst()));
    }

    @Override
    public Finished finish(BatchId id, List<Ended> ended, List<SliceEnd> ends) {
        return database.patientTransaction(handle -> {
            Optional<BatchLock> batch = BatchLock.find(handle, id);
            List<SliceEnd> ours =
                    ends.stream().filter(end -> queue.complete(end.run())).toList();
            Set<SliceRun> lost = ends.stream()
                    .filter(end -> !ours.contains(end))
                    .map(SliceEnd::run)
                    .collect(Collectors.toSet());
            return batch.<Finished>map(lock -> new Finished.Written(finish(handle, lock, id, ended, ours), lost))
                    .orElseGet(() -> new Finished.Deleted(lost));
        });
    }

    private int finish(Handle handle, BatchLock batch, BatchId id, List<Ended> ended, List<SliceEnd> ends) {
        int changed = ended.isEmpty() ? 0 : ItemOutcomes.write(handle, batch.key(), ended);
        if (!ends.isEmpty()) {
            end(handle, batch, id, ends);
        }
        if (!ended.isEmpty() || batch.stopped()) {
            batchEnd.endIfDone(handle, batch.key());
        }
        return changed;
    }

    private void end(Handle handle, BatchLock batch, BatchId id, List<SliceEnd> ends) {
        int openSlices = batch.openSlices();
        for (SliceEnd end : ends) {
            openSlices -= leave(handle, batch, id, end);
        }
        if (batch.stopped()) {
            return;
        }
        // Before the lanes are paused anew: with each return of what was put off, they go on by one window, which
        // is what other hosts in the same lane go on by.
        window.fill(handle, batch.key(), id, batch.priority(), openSlices);
        ends.stream()
                .flatMap(end -> end.again().stream())
                .filter(later -> !later.counted())
                .forEach(later -> LaneRows.pause(handle, batch.key(), ordinals(later), later.delay()));
    }

    /// Takes one slice out of its batch's window, with what is left of it put back into the queue.
    ///
    /// @return how many fewer slices are in the window
    private int leave(Handle handle, BatchLock batch, BatchId id, SliceEnd end) {
        for (Again later : end.again()) {
            List<Integer> waiting = ItemRows.waitAgain(handle, batch.key(), later);
            schedule(batch, id, waiting, false, later.delay());
        }
        Slice slice = end.run().slice();
        List<Integer> open = ItemRows.handBack(handle, batch.key(), end.handedBack());
        if (batch.stopped()) {
            CancelledItems.of(handle, batch.key(), slice.ordinals());
            return 0;
        }
        schedule(batch, id, open, slice.chained(), Duration.ZERO);
        if (!slice.chained() || !open.isEmpty()) {
            return 0;
        }
        LaneRows.ended(handle, batch.key(), slice.ordinals().getFirst());
        return 1;
    }

    private static List<Integer> ordinals(Again again) {
        return again.items().stream().map(each -> each.item().ordinal()).toList();
    }

    private void schedule(BatchLock batch, BatchId id, List<Integer> ordinals, boolean chained, Duration delay) {
        if (!ordinals.isEmpty() && !batch.stopped()) {
            queue.schedule(Window.slices(id, ordinals, chained, batch.priority()), delay);
        }
    }
}
