package dev.halftone.adapters.queue.loop;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a loop that is to end only with this executor: when an error ends it (a full heap while it logs another
/// one, say), it begins anew a second later. A plain executor would keep the error to itself, and the queue
/// would never be looked at again.
final class RestartingExecutor extends ThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(RestartingExecutor.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;

    RestartingExecutor(String name) {
        super(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name).factory());
        this.name = name;
    }

    @Override
    public Future<?> submit(Runnable loop) {
        return super.submit(() -> again(loop));
    }

    private void again(Runnable loop) {
        while (!isShutdown()) {
            try {
                loop.run();
                return;
            } catch (Throwable e) {
                told(e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void told(Throwable ended) {
        try {
            LOG.error("{} was ended by an error; it begins anew", name, ended);
        } catch (Throwable again) {
            // The same that ended the loop, most likely; the loop matters more than the log.
            return;
        }
    }
}
