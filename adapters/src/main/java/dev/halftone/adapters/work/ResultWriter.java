package dev.halftone.adapters.work;

import dev.halftone.adapters.work.BufferedResult.End;
import dev.halftone.adapters.work.BufferedResult.Outcome;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes results of one batch in a transaction and tells who waits for them. What the store refuses fails
/// alone. Thread-safe.
final class ResultWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);

    private final ItemStore items;
    private final Consumer<Ended> discard;

    /// @param discard is given what came too late: its batch was deleted
    ResultWriter(ItemStore items, Consumer<Ended> discard) {
        this.items = items;
        this.discard = discard;
    }

    /// Halves what is refused until the one that is at fault stands alone; the order stays, so that an end
    /// comes after its outcomes. While the store is away nothing is at fault.
    void write(BatchId batch, List<BufferedResult> some) {
        try {
            writeTogether(batch, some);
        } catch (RuntimeException | Error e) {
            if (some.size() > 1 && !StoreOutage.is(e)) {
                LOG.warn("{} results of batch {} could not be written together: {}", some.size(), batch, e.toString());
                int half = some.size() / 2;
                write(batch, some.subList(0, half));
                write(batch, some.subList(half, some.size()));
            } else if (some.getFirst() instanceof Outcome outcome && outcome.isLast() && !StoreOutage.is(e)) {
                LOG.error("the result of item {} of batch {} is refused", outcome.ordinal(), batch, e);
                // Its object is the sweep's: under the same key, another node may have made it anew by now.
                write(batch, List.of(outcome.refused()));
            } else {
                some.forEach(each -> each.fail(e));
            }
        }
    }

    private void writeTogether(BatchId batch, List<BufferedResult> some) {
        List<Ended> ended = new ArrayList<>();
        List<SliceEnd> ends = new ArrayList<>();
        for (BufferedResult each : some) {
            switch (each) {
                case Outcome outcome -> ended.add(outcome.ended());
                case End end
                when end.isBroken() ->
                    end.fail(new IllegalStateException("outcomes of the slice could not be written"));
                case End end -> ends.add(end.slice());
            }
        }
        if (ended.isEmpty() && ends.isEmpty()) {
            return;
        }
        ItemStore.Finished finished = items.finish(batch, ended, ends);
        if (finished instanceof ItemStore.Finished.Deleted) {
            ended.forEach(discard);
        }
        for (BufferedResult each : some) {
            switch (each) {
                case Outcome outcome -> outcome.written().complete(null);
                case End end ->
                    end.written().complete(!finished.lost().contains(end.slice().run()));
            }
        }
    }
}
