package dev.halftone.adapters.postgres;

import dev.halftone.adapters.postgres.sealing.SealedRows;
import dev.halftone.adapters.postgres.sealing.Sealing;
import dev.halftone.adapters.postgres.sealing.SealingKey;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The way to PostgreSQL, by how long one may wait for it. What a caller of the API waits for has four seconds
/// in all, however the server fails: refuses, resets, goes silent or hangs. A worker is patient. Uploads may take
/// minutes as long as the server answers others. Thread-safe.
public final class Database implements AutoCloseable {
    /// In all: finding a connection, the statements, what is tried again. Callers are answered within five.
    private static final Duration CALL = Duration.ofSeconds(4);

    /// How long a caller's attempts may begin anew. The last one may wait two and a half seconds for a connection.
    private static final Duration CALL_AGAIN = Duration.ofSeconds(1);

    private static final Duration WORK = Duration.ofSeconds(30);
    private static final Duration WORK_AGAIN = Duration.ofSeconds(60);

    private final ScopedValue<Connection> current = ScopedValue.newInstance();
    private final CurrentConnection currentConnection = new CurrentConnection(current);
    private final DatabaseRetry retry = new DatabaseRetry(this::noteOutage);
    private final Deadlines deadlines = new Deadlines();
    private final Pools pools;
    private final Jdbi calls;
    private final Jdbi upkeep;
    private final Jdbi work;
    private final Jdbi streams;
    private final BulkWork bulk;

    private Database(PostgresSettings settings) {
        this.pools = new Pools(settings);
        this.calls = pools.calls();
        this.upkeep = pools.upkeep();
        this.work = pools.work();
        this.streams = pools.streams();
        this.bulk = new BulkWork(settings, work, deadlines, current);
    }

    /// Work in a handle.
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T in(Handle handle) throws X;
    }

    /// Brings the schema up to date, then connects; secrets are kept as they are.
    ///
    /// @throws DatabaseRefused when the server can't be used: its message says why
    public static Database open(PostgresSettings settings) {
        try {
            migrate(settings);
            return new Database(settings);
        } catch (RuntimeException e) {
            throw new DatabaseRefused(
                    "The database " + settings + " can't be used: " + DatabaseRefused.rootMessage(e), e);
        }
    }

    /// Connects to a database that a service has made, and changes nothing.
    ///
    /// @throws DatabaseRefused when the server can't be used, its schema is older than this program's, or its
    /// secrets are sealed with another key
    public static Database attach(PostgresSettings settings, SealingKey key) {
        try {
            int pending = flyway(settings).info().pending().length;
            if (pending > 0) {
                throw new DatabaseRefused("The database " + settings + " lacks " + pending
                        + " migrations of this version. Run ./halftone migrate, or the version that the service runs.");
            }
            return new Database(settings).sealed(key);
        } catch (DatabaseRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DatabaseRefused(
                    "The database " + settings + " can't be used: " + DatabaseRefused.rootMessage(e), e);
        }
    }

    /// Brings the schema up to date, connects, and seals the secrets in it from here on.
    ///
    /// @throws DatabaseRefused when the server can't be used, or its secrets are sealed with another key
    public static Database open(PostgresSettings settings, SealingKey key) {
        return open(settings).sealed(key);
    }

    private Database sealed(SealingKey key) {
        boolean sealed = false;
        try {
            for (Jdbi jdbi : List.of(calls, upkeep, work, streams)) {
                jdbi.getConfig(Sealing.class).use(key);
            }
            transaction(handle -> {
                SealedRows.check(handle);
                return handle;
            });
            sealed = true;
            return this;
        } finally {
            if (!sealed) {
                close();
            }
        }
    }

    /// Brings the schema up to date; safe to run on several nodes at once.
    ///
    /// @return how many migrations ran
    public static int migrate(PostgresSettings settings) {
        return flyway(settings).migrate().migrationsExecuted;
    }

    private static Flyway flyway(PostgresSettings settings) {
        return Flyway.configure()
                .dataSource(
                        settings.url(),
                        settings.user().orElse(null),
                        settings.password().orElse(null))
                .locations("classpath:db/migration")
                .load();
    }

    /// Whether a failure means that the database is away for the moment, rather than that something is wrong.
    public static boolean isOutage(Throwable thrown) {
        return DatabaseRetry.passes(thrown);
    }

    /// Tells of a failure that [#isOutage] and happened outside of here.
    public void noteOutage(RuntimeException thrown) {
        if (DatabaseRetry.isReadOnly(thrown)) {
            pools.renew();
        }
    }

    /// A short transaction for a caller who waits: four seconds in all, tried again in the first of them when the
    /// database is away or two transactions were in each other's way.
    public <T, X extends Exception> T transaction(Work<T, X> some) throws X {
        long began = System.nanoTime();
        return retry.within(CALL_AGAIN, () -> inTransaction(calls, left(began), some));
    }

    /// A query on its own, for a caller who waits.
    public <T, X extends Exception> T read(Work<T, X> some) throws X {
        long began = System.nanoTime();
        return retry.within(CALL_AGAIN, () -> watched(calls, left(began), some));
    }

    /// A short transaction of a worker, who has nothing better to do than to wait for the database: tried again
    /// for a minute. An interrupt waits until it is over.
    public <T, X extends Exception> T patientTransaction(Work<T, X> some) throws X {
        return retry.uninterrupted(WORK_AGAIN, () -> inTransaction(work, WORK, some));
    }

    /// A statement of the queue's own upkeep, such as a heartbeat: four seconds, once.
    public <T, X extends Exception> T upkeep(Work<T, X> some) throws X {
        return retry.within(Duration.ZERO, () -> watched(upkeep, CALL, some));
    }

    /// One long transaction with time limits of its own, tried once: what it reads can't be read twice. Empty to
    /// have it rolled back. It is given up when the server answers nobody any more.
    public <T, X extends Exception> Optional<T> bulk(Work<Optional<T>, X> some) throws X {
        long began = System.nanoTime();
        return retry.within(Duration.ZERO, () -> bulk.run(() -> left(began), some));
    }

    /// Opens a stream of rows over a handle of a small pool, which it then may keep for minutes and closes.
    ///
    /// @param opening gets the first rows, within a caller's time; when it fails, the handle is closed
    <T> T stream(Work<T, RuntimeException> opening) {
        long began = System.nanoTime();
        return retry.within(CALL_AGAIN, () -> {
            Handle handle = streams.open();
            boolean open = false;
            try (Deadlines.Watch watch = deadlines.over(handle.getConnection(), left(began))) {
                T stream = opening.in(handle);
                open = true;
                return stream;
            } finally {
                if (!open) {
                    discard(handle);
                }
            }
        });
    }

    private static void discard(Handle handle) {
        try (handle) {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
        } catch (RuntimeException lost) {
            // What led here says more; the pool has the connection back, or knows that it is broken.
        }
    }

    /// The connection of the transaction under way, for libraries that want a [DataSource].
    public CurrentConnection currentConnection() {
        return currentConnection;
    }

    /// The pool of the queue's own upkeep, for the library that makes its own transactions.
    public DataSource dataSource() {
        return pools.upkeepSource();
    }

    @Override
    public void close() {
        pools.close();
        deadlines.close();
    }

    private static Duration left(long began) {
        return CALL.minusNanos(System.nanoTime() - began);
    }

    private <T, X extends Exception> T watched(Jdbi jdbi, Duration limit, Work<T, X> some) throws X {
        return jdbi.withHandle(handle -> {
            try (Deadlines.Watch watch = deadlines.over(handle.getConnection(), limit)) {
                return some.in(handle);
            }
        });
    }

    private <T, X extends Exception> T inTransaction(Jdbi jdbi, Duration limit, Work<T, X> some) throws X {
        return watched(
                jdbi,
                limit,
                handle -> handle.inTransaction(
                        in -> ScopedValue.where(current, in.getConnection()).call(() -> some.in(in))));
    }
}
