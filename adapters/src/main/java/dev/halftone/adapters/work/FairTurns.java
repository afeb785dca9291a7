package dev.halftone.adapters.work;

import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.turn.TurnQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A few platform threads that burn CPU, so that a machine full of images still answers HTTP. Turns go
/// round-robin over the owners that wait, by their weights. The estimates of what runs at once stay within a
/// budget; work larger than the whole budget runs alone. The one whose turn it is is never overtaken, so
/// nothing starves. Thread-safe.
public final class FairTurns implements CpuTurns, AutoCloseable {
    private final long budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TurnQueue<Turn> waiting = new TurnQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private long used;
    private int running;
    private boolean closed;

    private record Turn(long bytes, Runnable work) {}

    /// @param turns how many run at once, such as the number of cores
    /// @param budget bytes that all that runs at once may hold
    public FairTurns(int turns, long budget) {
        if (turns < 1 || budget < 1) {
            throw new IllegalArgumentException("at least one turn and one byte");
        }
        this.budget = budget;
        for (int i = 1; i <= turns; i++) {
            threads.add(Thread.ofPlatform().daemon().name("engine-" + i).start(this::serve));
        }
    }

    @Override
    public <T> T take(TurnOwner owner, long bytes, Supplier<T> work) throws InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        Turn turn = new Turn(Math.clamp(bytes, 0, budget), () -> {
            try {
                done.complete(work.get());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        enqueue(owner, turn);
        try {
            return done.get();
        } catch (InterruptedException e) {
            leave(owner, turn);
            throw e;
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private void enqueue(TurnOwner owner, Turn turn) {
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("the node is stopping");
            }
            waiting.add(owner, turn);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Work that has begun runs to its end on its thread; only nobody waits for it any more.
    private void leave(TurnOwner owner, Turn turn) {
        lock.lock();
        try {
            if (waiting.remove(owner, turn)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException unchanged -> unchanged;
            case Error unchanged -> throw unchanged;
            case null, default -> new IllegalStateException(cause);
        };
    }

    private void serve() {
        while (true) {
            Turn turn = next();
            if (turn == null) {
                return;
            }
            try {
                turn.work().run();
            } finally {
                ended(turn);
            }
        }
    }

    private @Nullable Turn next() {
        lock.lock();
        try {
            while (true) {
                Optional<Turn> first = waiting.peek().filter(turn -> running == 0 || used + turn.bytes() <= budget);
                if (first.isPresent()) {
                    waiting.poll();
                    used += first.get().bytes();
                    running++;
                    // Another may fit beside this one.
                    changed.signal();
                    return first.get();
                }
                if (closed) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(Turn turn) {
        lock.lock();
        try {
            used -= turn.bytes();
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more work; what waits still runs.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
