package dev.halftone.adapters.queue.loop;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what recurs, whatever one run throws: a plain executor would never run it again.
public final class Housekeepers extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeepers.class);

    public Housekeepers(String name, int threads) {
        super(threads, Thread.ofPlatform().daemon().name(name, 1).factory());
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long pause, TimeUnit unit) {
        return super.scheduleWithFixedDelay(() -> run(work), first, pause, unit);
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            told(e);
        }
    }

    private static void told(Throwable failed) {
        try {
            LOG.error("a run of what recurs failed; the next one follows", failed);
        } catch (Throwable again) {
            return;
        }
    }
}
