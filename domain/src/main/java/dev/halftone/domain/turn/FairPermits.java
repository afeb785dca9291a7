package dev.halftone.domain.turn;

import dev.halftone.domain.engine.TurnOwner;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/// A number of permits, handed out in turn over the owners that wait. Thread-safe, made for virtual threads.
public final class FairPermits {
    private final ReentrantLock lock = new ReentrantLock();
    private final TurnQueue<CountDownLatch> waiting = new TurnQueue<>();
    private int free;

    /// @param permits 1 or more
    public FairPermits(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("at least one permit, not " + permits);
        }
        this.free = permits;
    }

    /// Waits for a permit.
    public void acquire(TurnOwner owner) throws InterruptedException {
        CountDownLatch granted = new CountDownLatch(1);
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            waiting.add(owner, granted);
        } finally {
            lock.unlock();
        }
        try {
            granted.await();
        } catch (InterruptedException e) {
            giveUp(owner, granted);
            throw e;
        }
    }

    private void giveUp(TurnOwner owner, CountDownLatch granted) {
        boolean stillWaiting;
        lock.lock();
        try {
            stillWaiting = waiting.remove(owner, granted);
        } finally {
            lock.unlock();
        }
        if (!stillWaiting) {
            release();
        }
    }

    /// Gives a permit back.
    public void release() {
        lock.lock();
        try {
            Optional<CountDownLatch> next = waiting.poll();
            if (next.isEmpty()) {
                free++;
            } else {
                next.get().countDown();
            }
        } finally {
            lock.unlock();
        }
    }
}
