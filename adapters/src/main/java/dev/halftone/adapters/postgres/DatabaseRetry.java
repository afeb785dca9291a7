package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// Tries a transaction again when it failed for a reason that passes: the server restarts, the connection broke,
/// two transactions were in each other's way. Everything that is run here may be run twice.
final class DatabaseRetry {
    static final Duration CALLER_WAITS = Duration.ofSeconds(2);
    static final Duration WORKER_WAITS = Duration.ofSeconds(60);

    /// Classes and codes of SQLSTATE, by prefix: connection, shutdown, serialization, deadlock, a server that is
    /// read-only while it fails over, a full disk, too many clients.
    private static final Set<String> PASSING = Set.of("08", "57P0", "40001", "40P01", "25006", "53100", "53300");

    private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    /// A transaction.
    @FunctionalInterface
    interface Attempt<T, X extends Exception> {
        T run() throws X;
    }

    /// @throws HalftoneException with `storage_unavailable` when the time is up
    <T, X extends Exception> T within(Duration patience, Attempt<T, X> attempt) throws X {
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.run();
            } catch (RuntimeException e) {
                if (!passes(e)) {
                    throw e;
                }
                if (System.nanoTime() + pause > deadline
                        || Thread.currentThread().isInterrupted()) {
                    throw HalftoneException.of(
                            FailureCode.STORAGE_UNAVAILABLE, "the database does not answer; try again shortly", e);
                }
            }
            LockSupport.parkNanos(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    static boolean passes(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return PASSING.stream().anyMatch(state::startsWith);
            }
        }
        return false;
    }
}
