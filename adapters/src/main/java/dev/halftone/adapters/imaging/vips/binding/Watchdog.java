package dev.halftone.adapters.imaging.vips.binding;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Calls out when a time is over, from a thread of its own: native code can't look at a clock of ours.
/// Thread-safe.
final class Watchdog {
    private final ScheduledThreadPoolExecutor timer;

    Watchdog() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("vips-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /// One call that is due, unless it is cancelled.
    interface Watch {
        void cancel();
    }

    Watch after(Duration time, Runnable call) {
        ScheduledFuture<?> due = timer.schedule(call, Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }
}
