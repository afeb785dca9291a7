package dev.halftone.adapters.work;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.SliceRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Begins slices: those of one batch would only wait for its row, so what comes while one begins, begins
/// together in the next transaction. Whoever gets the batch's turn begins all that wait ("flat combining",
/// Hendler, Incze, Shavit and Tzafrir, SPAA 2010). Thread-safe.
final class SliceBegins {
    private final ItemStore items;
    private final Map<BatchId, Line> lines = new ConcurrentHashMap<>();

    SliceBegins(ItemStore items) {
        this.items = items;
    }

    /// The runs of a batch that wait, and the turn to begin them.
    private static final class Line {
        private final ReentrantLock turn = new ReentrantLock(true);
        private List<Waiting> waiting = new ArrayList<>();
        private int users;

        synchronized void add(Waiting run) {
            waiting.add(run);
        }

        synchronized int waiting() {
            return waiting.size();
        }

        synchronized List<Waiting> take() {
            List<Waiting> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        }
    }

    /// Written by who has the turn, read in a later turn.
    private static final class Waiting {
        private final SliceRun run;
        private boolean done;
        private Optional<BegunSlice> begun = Optional.empty();
        private @Nullable RuntimeException failure;

        Waiting(SliceRun run) {
            this.run = run;
        }

        Optional<BegunSlice> result() {
            if (failure != null) {
                throw failure;
            }
            return begun;
        }
    }

    /// Blocks. Begins the slice together with others that wait.
    ///
    /// @return empty when the slice was lost to another worker
    /// @throws RuntimeException when the database could not be written
    Optional<BegunSlice> begin(SliceRun run) {
        BatchId batch = run.slice().batch();
        Line line = lines.compute(batch, (id, known) -> {
            Line entered = known == null ? new Line() : known;
            entered.users++;
            return entered;
        });
        Waiting own = new Waiting(run);
        line.add(own);
        line.turn.lock();
        try {
            if (!own.done) {
                begin(batch, line.take());
            }
            return own.result();
        } finally {
            line.turn.unlock();
            lines.computeIfPresent(batch, (id, known) -> --known.users == 0 ? null : known);
        }
    }

    /// How many slices of a batch wait for its turn now.
    int waiting(BatchId batch) {
        Line line = lines.get(batch);
        return line == null ? 0 : line.waiting();
    }

    /// What is refused together is tried one by one, so that only who is at fault fails.
    private void begin(BatchId batch, List<Waiting> some) {
        try {
            Map<SliceRun, BegunSlice> begun =
                    items.begin(batch, some.stream().map(each -> each.run).toList());
            some.forEach(each -> each.begun = Optional.ofNullable(begun.get(each.run)));
        } catch (RuntimeException | Error e) {
            if (some.size() > 1 && !StoreOutage.is(e)) {
                some.forEach(each -> begin(batch, List.of(each)));
            } else {
                some.forEach(each -> each.failure = new IllegalStateException("the slice could not be begun", e));
            }
        } finally {
            some.forEach(each -> each.done = true);
        }
    }
}
