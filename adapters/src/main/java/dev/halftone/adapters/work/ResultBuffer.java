package dev.halftone.adapters.work;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Ended;
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

/// Collects outcomes for a moment and writes them together, a transaction for each batch. Thread-safe.
public final class ResultBuffer implements AutoCloseable {
    private final ItemStore items;
    private final Consumer<Ended> discard;
    private final int most;
    private final long longestNanos;
    private final BlockingQueue<Optional<Waiting>> queue = new LinkedBlockingQueue<>();
    private final Thread writer;

    private record Waiting(Ended ended, CompletableFuture<Void> written) {}

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
        queue.add(Optional.of(new Waiting(ended, written)));
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
                together.forEach(each -> each.written().completeExceptionally(e));
            }
        }
    }

    /// @return whether the buffer was closed meanwhile
    private boolean collect(List<Waiting> together) throws InterruptedException {
        Optional<Waiting> next = queue.take();
        long deadline = System.nanoTime() + longestNanos;
        while (next != null && next.isPresent()) {
            together.add(next.get());
            if (together.size() >= most) {
                return false;
            }
            next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return next != null;
    }

    private void flush(List<Waiting> together) {
        Map<BatchId, List<Waiting>> byBatch = new LinkedHashMap<>();
        for (Waiting each : together) {
            byBatch.computeIfAbsent(each.ended().item().batch(), batch -> new ArrayList<>())
                    .add(each);
        }
        byBatch.forEach((batch, some) -> {
            try {
                List<Ended> ended = some.stream().map(Waiting::ended).toList();
                if (items.finish(batch, ended) instanceof ItemStore.Finished.Deleted) {
                    ended.forEach(discard);
                }
                some.forEach(each -> each.written().complete(null));
            } catch (RuntimeException | Error e) {
                some.forEach(each -> each.written().completeExceptionally(e));
            }
        });
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
