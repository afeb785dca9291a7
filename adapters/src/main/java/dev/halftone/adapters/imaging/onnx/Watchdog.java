package dev.halftone.adapters.imaging.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells runs whose time is over to end, from a thread of its own. Thread-safe.
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final ScheduledThreadPoolExecutor timer;

    Watchdog() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("onnx-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /// @param options of the run, to be closed after the watch
    Watch over(OrtSession.RunOptions options, Duration time) {
        Watch watch = new Watch(options);
        watch.due = timer.schedule(watch::end, Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
        return watch;
    }

    /// Over one run. Once closed it never touches the run's options again: they are native memory.
    static final class Watch implements AutoCloseable {
        private final OrtSession.RunOptions options;
        private @Nullable ScheduledFuture<?> due;
        private boolean over;

        private Watch(OrtSession.RunOptions options) {
            this.options = options;
        }

        private synchronized void end() {
            if (!over) {
                try {
                    options.setTerminate(true);
                } catch (OrtException e) {
                    LOG.warn("a run past its deadline could not be told to end", e);
                }
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            if (due != null) {
                due.cancel(false);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
