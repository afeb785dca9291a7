package dev.halftone.adapters.work;

import dev.halftone.adapters.work.BufferedResult.End;
import dev.halftone.adapters.work.BufferedResult.Outcome;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Collects the outcomes of a batch for a moment and writes them together. The end of a slice goes with the
/// last of its outcomes, and ends the wait: nothing else of the slice will come. What comes while a transaction
/// is under way is the next one. Each batch has a writer of its own for as long as there is something to write,
/// so that one whose row is held by others keeps nobody else waiting. Thread-safe.
public final class ResultBuffer implements AutoCloseable {
    /// Outcomes and ends in one transaction.
    private static final int MOST = 512;

    /// How long an outcome waits for others.
    private static final Duration LONGEST = Duration.ofMillis(50);

    /// Enough to have one under way while another waits for its flush; the pool's other connections are for
    /// slices that begin.
    private static final int TRANSACTIONS = 4;

    private final ResultWriter writer;
    private final Semaphore transactions = new Semaphore(TRANSACTIONS, true);
    private final Map<BatchId, Line> lines = new ConcurrentHashMap<>();

    /// @param discard is given what came too late: its batch was deleted
    public ResultBuffer(ItemStore items, Consumer<Ended> discard) {
        this.writer = new ResultWriter(items, discard);
    }

    /// What waits of one batch, and the thread that writes it.
    private final class Line {
        private final BatchId batch;
        private final BlockingQueue<BufferedResult> queue = new LinkedBlockingQueue<>();
        private final Thread thread;

        Line(BatchId batch) {
            this.batch = batch;
            this.thread = Thread.ofVirtual().name("results-" + batch).unstarted(this::write);
        }

        private void write() {
            do {
                List<BufferedResult> together = new ArrayList<>();
                collect(together);
                transactions.acquireUninterruptibly();
                try {
                    writer.write(batch, together);
                } catch (RuntimeException | Error e) {
                    together.forEach(each -> each.fail(e));
                } finally {
                    transactions.release();
                }
            } while (lines.compute(batch, (id, line) -> queue.isEmpty() ? null : line) != null);
        }

        private void collect(List<BufferedResult> together) {
            long deadline = System.nanoTime() + LONGEST.toNanos();
            try {
                BufferedResult next = queue.take();
                while (next != null) {
                    together.add(next);
                    if (together.size() >= MOST) {
                        return;
                    }
                    if (next instanceof End) {
                        deadline = System.nanoTime();
                    }
                    next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; if someone did, what it has is written, and it goes on.
            }
        }
    }

    /// @return completes when the outcome is durable, exceptionally when it could not be written
    CompletableFuture<Void> add(Ended ended) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        add(new Outcome(ended, written));
        return written;
    }

    /// Ends a slice whose outcomes have all been added.
    ///
    /// @param outcomes what [#add] returned for them
    /// @return completes when the end and all outcomes are durable, with whether the slice was still the run's;
    /// exceptionally when one of them could not be written, and then the slice has not ended
    CompletableFuture<Boolean> end(SliceEnd slice, List<CompletableFuture<Void>> outcomes) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        add(new End(slice, outcomes, written));
        return written;
    }

    private void add(BufferedResult result) {
        lines.compute(result.batch(), (batch, line) -> {
            Line open = line == null ? new Line(batch) : line;
            open.queue.add(result);
            if (open != line) {
                open.thread.start();
            }
            return open;
        });
    }

    /// Waits until what is there is written. Nothing is to be added any more.
    @Override
    public void close() {
        try {
            for (Line line : lines.values()) {
                line.thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
