package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Tries a transaction again when it failed for a reason that passes: the server restarts, the connection broke,
/// two transactions were in each other's way. Everything that is run here may be run twice.
final class DatabaseRetry {
    /// Classes and codes of SQLSTATE, by prefix: connection, shutdown and recovery, a statement that took too
    /// long, serialization, deadlock, a server that is read-only while it fails over, what it has too little of
    /// (disk, memory, connections), an error of its disk, a transaction that was idle for too long.
    private static final Set<String> PASSING =
            Set.of("08", "57P0", "57014", "40001", "40P01", "25006", "53", "58030", "25P03");

    private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final Consumer<RuntimeException> passing;

    /// @param passing is told of every failure that passes
    DatabaseRetry(Consumer<RuntimeException> passing) {
        this.passing = passing;
    }

    /// A transaction.
    @FunctionalInterface
    interface Attempt<T, X extends Exception> {
        T run() throws X;
    }

    /// Tries for that long to begin an attempt. An interrupt ends it.
    ///
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
                passing.accept(e);
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

    /// Likewise, and an interrupt ends nothing: it is put off until the attempt is over. An interrupted virtual
    /// thread can't use a socket, and what a worker hands back when its node stops is to be written.
    <T, X extends Exception> T uninterrupted(Duration patience, Attempt<T, X> attempt) throws X {
        boolean[] interrupted = {Thread.interrupted()};
        try {
            return within(patience, () -> {
                try {
                    return attempt.run();
                } finally {
                    interrupted[0] |= Thread.interrupted();
                }
            });
        } finally {
            if (interrupted[0]) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static boolean passes(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException || isOfThePool(cause)) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return PASSING.stream().anyMatch(sql.getSQLState()::startsWith);
            }
        }
        return false;
    }

    /// What the pool says, without a code, of a connection that it has given up after an error.
    private static boolean isOfThePool(Throwable cause) {
        return cause instanceof SQLException sql
                && sql.getSQLState() == null
                && "Connection is closed".equals(sql.getMessage());
    }

    /// Whether the server takes no writes.
    static boolean isReadOnly(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "25006".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
