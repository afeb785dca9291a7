package dev.halftone.adapters.work;

import dev.halftone.adapters.work.BufferedResult.End;
import dev.halftone.adapters.work.BufferedResult.Outcome;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects outcomes for a moment and writes them together, a transaction for each batch. The end of a slice
/// goes with the last of its outcomes, and ends the wait: nothing else of the slice will come. What comes while
/// a transaction is under way is the next one. What the store refuses fails alone. Thread-safe.
public final class ResultBuffer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultBuffer.class);

    private final ItemStore items;
    private final Consumer<Ended> discard;
    private final int most;
    private final long longestNanos;
    /// Empty where the buffer was closed.
    private final BlockingQueue<Optional<BufferedResult>> queue = new LinkedBlockingQueue<>();
    private final Thread writer;

    /// @param most outcomes and ends in one transaction
    /// @param longest how long an outcome waits for others
    /// @param discard is given what came too late: its batch was deleted
    public ResultBuffer(ItemStore items, Consumer<Ended> discard, int most, Duration longest) {
        this.items = items;
        this.discard = discard;
        this.most = most;
        this.longestNanos = longest.toNanos();
        this.writer = Thread.ofVirtual().name("results").start(this::write);
    }

    /// @return completes when the outcome is durable, exceptionally when it could not be written
    CompletableFuture<Void> add(Ended ended) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        queue.add(Optional.of(new Outcome(ended, written)));
        return written;
    }

    /// Ends a slice whose outcomes have all been added.
    ///
    /// @param outcomes what [#add] returned for them
    /// @return completes when the end and all outcomes are durable, with whether the slice was still the run's;
    /// exceptionally when one of them could not be written, and then the slice has not ended
    CompletableFuture<Boolean> end(SliceEnd slice, List<CompletableFuture<Void>> outcomes) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        queue.add(Optional.of(new End(slice, outcomes, written)));
        return written;
    }

    /// Ends with the buffer and with nothing else: without it every slice would wait for ever.
    private void write() {
        boolean last = false;
        while (!last) {
            List<BufferedResult> together = new ArrayList<>(most);
            try {
                last = collect(together);
                flush(together);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; if someone did, those who wait would notice by their own limits.
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                together.forEach(each -> each.fail(e));
            }
        }
    }

    /// @return whether the buffer was closed meanwhile
    private boolean collect(List<BufferedResult> together) throws InterruptedException {
        Optional<BufferedResult> next = queue.take();
        long deadline = System.nanoTime() + longestNanos;
        while (next != null && next.isPresent()) {
            together.add(next.get());
            if (together.size() >= most) {
                return false;
            }
            if (next.get() instanceof End) {
                deadline = System.nanoTime();
            }
            next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return next != null;
    }

    private void flush(List<BufferedResult> together) {
        Map<BatchId, List<BufferedResult>> byBatch = new LinkedHashMap<>();
        for (BufferedResult each : together) {
            byBatch.computeIfAbsent(each.batch(), batch -> new ArrayList<>()).add(each);
        }
        byBatch.forEach(this::writeOrFail);
    }

    /// Halves what is refused until the one that is at fault stands alone; the order stays, so that an end
    /// comes after its outcomes. While the store is away nothing is at fault.
    private void writeOrFail(BatchId batch, List<BufferedResult> some) {
        try {
            flush(batch, some);
        } catch (RuntimeException | Error e) {
            if (some.size() > 1 && !StoreOutage.is(e)) {
                LOG.warn("{} results of batch {} could not be written together: {}", some.size(), batch, e.toString());
                int half = some.size() / 2;
                writeOrFail(batch, some.subList(0, half));
                writeOrFail(batch, some.subList(half, some.size()));
            } else if (some.getFirst() instanceof Outcome outcome && outcome.isLast() && !StoreOutage.is(e)) {
                LOG.error("the result of item {} of batch {} is refused", outcome.ordinal(), batch, e);
                // Its object is the sweep's: under the same key, another node may have made it anew by now.
                writeOrFail(batch, List.of(outcome.refused()));
            } else {
                some.forEach(each -> each.fail(e));
            }
        }
    }

    private void flush(BatchId batch, List<BufferedResult> some) {
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

    /// Writes what is there, then stops.
    @Override
    public void close() {
        queue.add(Optional.empty());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
