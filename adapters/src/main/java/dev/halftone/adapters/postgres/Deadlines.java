package dev.halftone.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts connections whose users have waited long enough. A socket's own timeout can't do that: it begins anew
/// with every byte that comes, does not hold for what is written, and knows nothing of a call's other
/// statements. Thread-safe.
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("database-deadlines").factory());

    Deadlines() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /// A connection that is watched until this is closed, which has to be before it goes back to its pool.
    final class Watch implements AutoCloseable {
        private final Connection connection;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Future<?> next;

        private Watch(Connection connection, Duration limit) {
            this.connection = connection;
            this.next = timer.schedule(this::cut, limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        /// From now on the limit is no time but the server's silence towards others: asked once a second.
        void whileAlive(BooleanSupplier alive) {
            next.cancel(false);
            next = timer.schedule(() -> look(alive), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void look(BooleanSupplier alive) {
            // Asking may take seconds, and the timer has others to watch over.
            Thread.ofVirtual().name("database-lookout").start(() -> {
                if (over.get()) {
                    return;
                }
                if (alive.getAsBoolean()) {
                    whileAlive(alive);
                } else {
                    cut();
                }
            });
        }

        private void cut() {
            if (over.getAndSet(true)) {
                return;
            }
            try {
                connection.abort(command -> Thread.ofVirtual().start(command));
            } catch (SQLException e) {
                LOG.debug("a connection could not be cut; it has ended by itself", e);
            }
        }

        @Override
        public void close() {
            over.set(true);
            next.cancel(false);
        }
    }

    /// @param limit from now on; not positive: at once
    Watch over(Connection connection, Duration limit) {
        return new Watch(connection, limit);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
