package dev.halftone.adapters.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.halftone.adapters.postgres.sealing.SealedRows;
import dev.halftone.adapters.postgres.sealing.Sealing;
import dev.halftone.adapters.postgres.sealing.SealingKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/// The connections to PostgreSQL: a pool for short transactions, and a small one for streams that a slow reader
/// may hold open for minutes, so that downloads never starve the workers. Thread-safe.
public final class Database implements AutoCloseable {
    private static final Duration BULK_LIMIT = Duration.ofMinutes(30);
    private static final String TIMEOUTS =
            "set statement_timeout = '20s'; set idle_in_transaction_session_timeout = '30s'; set time zone 'UTC'";
    private static final String STREAM_TIMEOUTS =
            "set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '10min'; set time zone 'UTC'";

    private final ScopedValue<Connection> current = ScopedValue.newInstance();
    private final CurrentConnection currentConnection = new CurrentConnection(current);
    private final DatabaseRetry retry = new DatabaseRetry();
    private final HikariDataSource pool;
    private final HikariDataSource streams;
    private final Jdbi jdbi;
    private final Jdbi streamJdbi;

    private Database(PostgresSettings settings) {
        this.pool = pool(settings, "halftone", settings.connections(), TIMEOUTS);
        this.streams = pool(settings, "halftone-streams", Math.max(2, settings.connections() / 2), STREAM_TIMEOUTS);
        this.jdbi = jdbi(pool);
        this.streamJdbi = jdbi(streams);
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

    /// Brings the schema up to date, connects, and seals the secrets in it from here on.
    ///
    /// @throws DatabaseRefused when the server can't be used, or its secrets are sealed with another key
    public static Database open(PostgresSettings settings, SealingKey key) {
        return open(settings).sealed(key);
    }

    /// Connects to a database that another process keeps up to date.
    ///
    /// @throws DatabaseRefused when the server can't be used, has another schema than this version's, or secrets
    ///     that are sealed with another key
    public static Database join(PostgresSettings settings, SealingKey key) {
        Database database;
        try {
            if (flyway(settings).info().pending().length > 0) {
                throw new DatabaseRefused("The service that runs is of an older version. Restart it first.");
            }
            database = new Database(settings);
        } catch (FlywayException | HikariPool.PoolInitializationException e) {
            throw new DatabaseRefused(
                    "The database " + settings + " can't be used: " + DatabaseRefused.rootMessage(e), e);
        }
        return database.sealed(key);
    }

    private Database sealed(SealingKey key) {
        boolean sealed = false;
        try {
            jdbi.getConfig(Sealing.class).use(key);
            streamJdbi.getConfig(Sealing.class).use(key);
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

    /// A short transaction for a caller who waits: tried again for about two seconds when the database is away
    /// or two transactions were in each other's way.
    public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
        return retry.within(DatabaseRetry.CALLER_WAITS, () -> inTransaction(work));
    }

    /// A short transaction of a worker, who has nothing better to do than to wait for the database: tried again
    /// for a minute.
    public <T, X extends Exception> T patientTransaction(Work<T, X> work) throws X {
        return retry.within(DatabaseRetry.WORKER_WAITS, () -> inTransaction(work));
    }

    /// A query on its own.
    public <T, X extends Exception> T read(Work<T, X> work) throws X {
        return retry.within(DatabaseRetry.CALLER_WAITS, () -> jdbi.withHandle(work::in));
    }

    /// One long transaction with time limits of its own, tried once: what it reads can't be read twice. Empty to
    /// have it rolled back.
    public <T, X extends Exception> Optional<T> bulk(Work<Optional<T>, X> work) throws X {
        return retry.within(Duration.ZERO, () -> inBulk(work));
    }

    private <T, X extends Exception> Optional<T> inBulk(Work<Optional<T>, X> work) throws X {
        return jdbi.withHandle(handle -> {
            Connection connection = handle.getConnection();
            int networkTimeout = networkTimeout(connection, (int) BULK_LIMIT.toMillis());
            handle.begin();
            boolean commit = false;
            try {
                handle.execute("set local statement_timeout = " + BULK_LIMIT.toMillis());
                handle.execute("set local idle_in_transaction_session_timeout = " + BULK_LIMIT.toMillis());
                handle.execute("set local work_mem = '64MB'");
                Optional<T> result = ScopedValue.where(current, connection).call(() -> work.in(handle));
                commit = result.isPresent();
                return result;
            } finally {
                if (commit) {
                    handle.commit();
                } else {
                    handle.rollback();
                }
                networkTimeout(connection, networkTimeout);
            }
        });
    }

    /// A handle for a stream of rows; the caller closes it. It is of the small pool and may stay open for
    /// minutes.
    Handle stream() {
        return retry.within(DatabaseRetry.CALLER_WAITS, streamJdbi::open);
    }

    /// The connection of the transaction under way, for libraries that want a [DataSource].
    public CurrentConnection currentConnection() {
        return currentConnection;
    }

    /// The pool, for libraries that make their own transactions.
    public DataSource dataSource() {
        return pool;
    }

    /// Whether a query is answered now.
    public boolean answers() {
        try {
            return jdbi.withHandle(handle -> handle.getConnection().isValid(2));
        } catch (RuntimeException | SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        streams.close();
        pool.close();
    }

    private <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
        return jdbi.inTransaction(
                handle -> ScopedValue.where(current, handle.getConnection()).call(() -> work.in(handle)));
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

    private static HikariDataSource pool(PostgresSettings settings, String name, int size, String init) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        settings.user().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(2_000);
        config.setConnectionInitSql(init);
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", name);
        return new HikariDataSource(config);
    }

    private static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        jdbi.registerArrayType(Integer.class, "int4");
        jdbi.registerArrayType(Long.class, "int8");
        jdbi.registerArrayType(String.class, "text");
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return jdbi;
    }
}
