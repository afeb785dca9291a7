package dev.halftone.adapters.outbound;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.protocol.HttpContext;

/// The end of one exchange, name lookup and body included. When its time comes, whatever the exchange is doing is
/// cut from outside: socket timeouts count from byte to byte, so a body that drips never trips them.
final class Deadline implements AutoCloseable {
    private static final String ATTRIBUTE = "halftone.deadline";

    private final long endNanos;
    private final Future<?> timer;
    private volatile boolean passed;

    /// @param cut ends the exchange; runs on a thread of its own, because closing a socket can block
    Deadline(ScheduledExecutorService timers, Duration within, Runnable cut) {
        endNanos = System.nanoTime() + within.toNanos();
        timer = timers.schedule(
                () -> {
                    passed = true;
                    Thread.startVirtualThread(cut);
                },
                within.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    void accompany(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    static Deadline of(HttpContext context) {
        return (Deadline) context.getAttribute(ATTRIBUTE);
    }

    boolean hasPassed() {
        return passed || System.nanoTime() - endNanos >= 0;
    }

    /// What is left, at least a millisecond.
    ///
    /// @throws SocketTimeoutException when nothing is left
    Duration left() throws SocketTimeoutException {
        long nanos = endNanos - System.nanoTime();
        if (passed || nanos <= 0) {
            throw new SocketTimeoutException("the time of this exchange is over");
        }
        return Duration.ofNanos(Math.max(nanos, 1_000_000));
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
