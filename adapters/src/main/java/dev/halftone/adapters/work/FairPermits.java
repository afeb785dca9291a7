package dev.halftone.adapters.work;

import dev.halftone.domain.batch.BatchId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A number of permits, handed out in turn over the batches that wait. Bounds how many items, and with them how
/// many downloaded files, a node holds at once. Thread-safe.
final class FairPermits {
    private final ReentrantLock lock = new ReentrantLock();
    private final RoundRobin<BatchId, CountDownLatch> waiting = new RoundRobin<>();
    private int free;

    FairPermits(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("at least one permit, not " + permits);
        }
        this.free = permits;
    }

    void acquire(BatchId batch) throws InterruptedException {
        CountDownLatch granted = new CountDownLatch(1);
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            waiting.add(batch, granted);
        } finally {
            lock.unlock();
        }
        try {
            granted.await();
        } catch (InterruptedException e) {
            giveUp(batch, granted);
            throw e;
        }
    }

    private void giveUp(BatchId batch, CountDownLatch granted) {
        boolean stillWaiting;
        lock.lock();
        try {
            stillWaiting = waiting.remove(batch, granted);
        } finally {
            lock.unlock();
        }
        if (!stillWaiting) {
            release();
        }
    }

    void release() {
        lock.lock();
        try {
            @Nullable CountDownLatch next = waiting.poll();
            if (next == null) {
                free++;
            } else {
                next.countDown();
            }
        } finally {
            lock.unlock();
        }
    }
}
