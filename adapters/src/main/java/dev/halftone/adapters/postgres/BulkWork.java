package dev.halftone.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Transactions that may take minutes: each statement has half an hour, as long as the server answers others.
final class BulkWork {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final PostgresSettings settings;
    private final Jdbi jdbi;
    private final Deadlines deadlines;
    private final ScopedValue<Connection> current;

    BulkWork(PostgresSettings settings, Jdbi jdbi, Deadlines deadlines, ScopedValue<Connection> current) {
        this.settings = settings;
        this.jdbi = jdbi;
        this.deadlines = deadlines;
        this.current = current;
    }

    /// @param left how long it may take to begin
    <T, X extends Exception> Optional<T> run(Supplier<Duration> left, Database.Work<Optional<T>, X> some) throws X {
        return jdbi.withHandle(handle -> {
            Connection connection = handle.getConnection();
            try (Lookout lookout = new Lookout(settings);
                    Deadlines.Watch watch = deadlines.over(connection, left.get())) {
                handle.begin();
                int usual = networkTimeout(connection, (int) LIMIT.toMillis());
                try {
                    handle.execute("set local statement_timeout = " + LIMIT.toMillis());
                    handle.execute("set local idle_in_transaction_session_timeout = " + LIMIT.toMillis());
                    handle.execute("set local work_mem = '64MB'");
                    watch.whileAlive(lookout);
                    return ended(handle, ScopedValue.where(current, connection).call(() -> some.in(handle)));
                } catch (Throwable e) {
                    rollBack(handle, e);
                    throw e;
                } finally {
                    networkTimeout(connection, usual);
                }
            }
        });
    }

    private static <T> Optional<T> ended(Handle handle, Optional<T> result) {
        if (result.isPresent()) {
            handle.commit();
        } else {
            handle.rollback();
        }
        return result;
    }

    private static void rollBack(Handle handle, Throwable why) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            // Over a connection that is gone; why it is gone is what counts.
            why.addSuppressed(e);
        }
    }

    private static int networkTimeout(Connection connection, int millis) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return before;
        } catch (SQLException e) {
            // A broken connection: what follows on it tells why.
            return 0;
        }
    }
}
