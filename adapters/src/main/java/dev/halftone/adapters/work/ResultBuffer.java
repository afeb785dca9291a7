package dev.halftone.adapters.work;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Collects outcomes for a moment and writes them together, a transaction for each batch. The end of a slice
/// goes with the last of its outcomes, and ends the wait: nothing else of the slice will come. What comes while
/// a transaction is under way is the next one. Thread-safe.
public final class ResultBuffer implements AutoCloseable {
    private final ItemStore items;
    private final Consumer<Ended> discard;
    private final int most;
    private final long longestNanos;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread writer;

    private sealed interface Entry {}

    private record Closed() implements Entry {}

    /// What is written.
    private sealed interface Waiting extends Entry {
        BatchId batch();

        void fail(Throwable reason);
    }

    private record Outcome(Ended ended, CompletableFuture<Void> written) implements Waiting {
        @Override
        public BatchId batch() {
            return ended.item().batch();
        }

        @Override
        public void fail(Throwable reason) {
            written.completeExceptionally(reason);
        }
    }

    private record End(SliceEnd slice, List<CompletableFuture<Void>> outcomes, CompletableFuture<Boolean> written)
            implements Waiting {
        @Override
        public BatchId batch() {
            return slice.run().slice().batch();
        }

        @Override
        public void fail(Throwable reason) {
            written.completeExceptionally(reason);
        }

        /// Whether an outcome of it could not be written. Those that are not done yet are written with it.
        boolean isBroken() {
            return outcomes.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
        }
    }

    /// @param most outcomes in one transaction
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
        queue.add(new Outcome(ended, written));
        return written;
    }

    /// Ends a slice whose outcomes have all been added.
    ///
    /// @param outcomes what [#add] returned for them
    /// @return completes when the end and all outcomes are durable, with whether the slice was still the run's;
    /// exceptionally when one of them could not be written, and then the slice has not ended
    CompletableFuture<Boolean> end(SliceEnd slice, List<CompletableFuture<Void>> outcomes) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        queue.add(new End(slice, outcomes, written));
        return written;
    }

    /// Ends with the buffer and with nothing else: without it every slice would wait for ever.
    private void write() {
        boolean last = false;
        while (!last) {
            List<Waiting> together = new ArrayList<>(most);
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
    private boolean collect(List<Waiting> together) throws InterruptedException {
        Entry next = queue.take();
        long deadline = System.nanoTime() + longestNanos;
        while (next instanceof Waiting waiting) {
            together.add(waiting);
            if (together.size() >= most) {
                return false;
            }
            if (waiting instanceof End) {
                deadline = System.nanoTime();
            }
            next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return next != null;
    }

    private void flush(List<Waiting> together) {
        Map<BatchId, List<Waiting>> byBatch = new LinkedHashMap<>();
        for (Waiting each : together) {
            byBatch.computeIfAbsent(each.batch(), batch -> new ArrayList<>()).add(each);
        }
        byBatch.forEach((batch, some) -> {
            try {
                flush(batch, some);
            } catch (RuntimeException | Error e) {
                some.forEach(each -> each.fail(e));
            }
        });
    }

    private void flush(BatchId batch, List<Waiting> some) {
        List<Ended> ended = new ArrayList<>();
        List<SliceEnd> ends = new ArrayList<>();
        for (Waiting each : some) {
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
        for (Waiting each : some) {
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
        queue.add(new Closed());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
