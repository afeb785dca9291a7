package dev.halftone.adapters.http.request;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for something to change by looking again and again; each wait holds a virtual thread and nothing else.
/// When the server stops, every wait ends with what is known.
public final class News {
    private static final long SHORTEST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 500;

    private final CountDownLatch closed = new CountDownLatch(1);

    public void close() {
        closed.countDown();
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// @param known what was seen last
    /// @return the first that is new, or the last one seen when the time is up
    public <T> T await(T known, Supplier<T> look, Predicate<T> isNew, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        long pause = SHORTEST_MILLIS;
        T seen = known;
        while (!isNew.test(seen)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || isClosedAfter(Math.min(pause, left))) {
                return seen;
            }
            pause = Math.min(LONGEST_MILLIS, pause * 2);
            seen = look.get();
        }
        return seen;
    }

    private boolean isClosedAfter(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
