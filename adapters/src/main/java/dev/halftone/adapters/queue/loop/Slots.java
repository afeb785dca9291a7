package dev.halftone.adapters.queue.loop;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A virtual thread for each execution, and a count of those under way. Thread-safe.
final class Slots extends AbstractExecutorService {
    private final ExecutorService threads;
    private final int size;
    private final Runnable noLongerFull;
    private final AtomicInteger taken = new AtomicInteger();

    /// @param noLongerFull called when the first place of a full node comes free
    Slots(String name, int size, Runnable noLongerFull) {
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 1).factory());
        this.size = size;
        this.noLongerFull = noLongerFull;
    }

    boolean areFull() {
        return taken.get() >= size;
    }

    @Override
    public void execute(Runnable execution) {
        taken.incrementAndGet();
        boolean begun = false;
        try {
            threads.execute(() -> {
                try {
                    execution.run();
                } finally {
                    left();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                left();
            }
        }
    }

    private void left() {
        if (taken.getAndDecrement() >= size) {
            noLongerFull.run();
        }
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
