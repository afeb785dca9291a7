package dev.halftone.adapters.postgres;

import static dev.halftone.adapters.postgres.ItemRows.ALONE;
import static dev.halftone.adapters.postgres.ItemRows.TOGETHER;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceQueue;
import dev.halftone.domain.item.SliceRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    public Map<SliceRun, BegunSlice> begin(BatchId id, List<SliceRun> runs) {
        return database.patientTransaction(handle -> {
            Optional<BatchLock> found = BatchLock.find(handle, id);
            Set<SliceRun> held = found.isPresent() ? queue.held(runs) : dropped(runs);
            if (held.isEmpty()) {
                return Map.of();
            }
            BatchLock batch = found.orElseThrow();
            List<Integer> ordinals = held.stream()
                    .flatMap(run -> run.slice().ordinals().stream())
                    .toList();
            List<LeftBehind.Odd> odd = LeftBehind.odd(handle, batch.key(), ordinals);
            boolean leftBehind = odd.stream().anyMatch(LeftBehind.Odd::processing);
            if (leftBehind || batch.stopped()) {
                LeftBehind.takeBack(handle, batch.key(), odd);
                if (batch.stopped()) {
                    CancelledItems.of(handle, batch.key(), ordinals);
                }
                batchEnd.endIfDone(handle, batch.key());
                odd = LeftBehind.odd(handle, batch.key(), ordinals);
            }
            BatchOptions options = Json.options(batch.options());
            List<BegunItem> begun =
                    ItemRows.begin(handle, batch.key(), runs.getFirst(), ordinals, TOGETHER, options.duplicates());
            List<Integer> suspects = odd.stream().map(LeftBehind.Odd::ordinal).toList();
            return bySlice(held, options.recipe(), begun, suspects);
        });
    }

    /// Slices whose batch was deleted leave the queue.
    private Set<SliceRun> dropped(List<SliceRun> runs) {
        queue.complete(runs);
        return Set.of();
    }

    private static Map<SliceRun, BegunSlice> bySlice(
            Set<SliceRun> runs, Recipe recipe, List<BegunItem> begun, List<Integer> suspects) {
        Map<SliceRun, BegunSlice> slices = new HashMap<>();
        for (SliceRun run : runs) {
            Set<Integer> ordinals = Set.copyOf(run.slice().ordinals());
            slices.put(
                    run,
                    new BegunSlice(
                            recipe,
                            begun.stream()
                                    .filter(each ->
                                            ordinals.contains(each.item().ordinal()))
                                    .toList(),
                            suspects.stream().filter(ordinals::contains).toList()));
        }
        return slices;
    }

    @Override
    public Optional<BegunItem> beginSuspect(SliceRun run, int ordinal) {
        return database.patientTransaction(handle -> BatchLock.find(
                        handle, run.slice().batch())
                .filter(batch -> !batch.stopped() && !queue.held(List.of(run)).isEmpty())
                .flatMap(batch -> ItemRows.begin(
                                handle,
                                batch.key(),
                                run,
                                List.of(ordinal),
                                ALONE,
                                Json.options(batch.options()).duplicates())
                        .stream()
                        .findFirst()));
    }

    @Override
    public Finished finish(BatchId id, List<Ended> ended, List<SliceEnd> ends) {
        return database.patientTransaction(handle -> {
            Optional<BatchLock> batch = BatchLock.find(handle, id);
            Set<SliceRun> held = queue.complete(ends.stream().map(SliceEnd::run).toList());
            List<SliceEnd> ours =
                    ends.stream().filter(end -> held.contains(end.run())).toList();
            Set<SliceRun> lost = ends.stream()
                    .map(SliceEnd::run)
                    .filter(run -> !held.contains(run))
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
        List<Integer> left = new ArrayList<>();
        for (SliceEnd end : ends) {
            if (leaves(handle, batch, id, end)) {
                left.add(end.run().slice().ordinals().getFirst());
            }
        }
        if (batch.stopped()) {
            return;
        }
        LaneRows.ended(handle, batch.key(), left);
        // Before the lanes are paused anew: with each return of what was put off, they go on by one window, which
        // is what other hosts in the same lane go on by.
        window.fill(handle, batch.key(), id, batch.priority(), batch.openSlices() - left.size());
        ends.stream()
                .flatMap(end -> end.again().stream())
                .filter(later -> !later.counted())
                .forEach(later -> LaneRows.pause(handle, batch.key(), ordinals(later), later.delay()));
    }

    /// Takes one slice out of its batch's window, with what is left of it put back into the queue.
    ///
    /// @return whether the window has room for another in its place
    private boolean leaves(Handle handle, BatchLock batch, BatchId id, SliceEnd end) {
        for (Again later : end.again()) {
            List<Integer> waiting = ItemRows.waitAgain(handle, batch.key(), later);
            schedule(batch, id, waiting, false, later.delay());
        }
        Slice slice = end.run().slice();
        List<Integer> open = ItemRows.handBack(handle, batch.key(), end.handedBack());
        if (batch.stopped()) {
            CancelledItems.of(handle, batch.key(), slice.ordinals());
            return false;
        }
        schedule(batch, id, open, slice.chained(), Duration.ZERO);
        return slice.chained() && open.isEmpty();
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
