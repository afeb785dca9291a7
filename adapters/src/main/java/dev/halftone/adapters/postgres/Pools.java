package dev.halftone.adapters.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/// The connections to one server, in four pools by how long their users may wait: a caller of the API gives up
/// after seconds, the queue's own upkeep must not queue up behind anybody, a worker would rather wait than do
/// its work again, and a stream is held open by whoever reads it. Each pool opens connections one at a time,
/// with growing pauses while the server refuses them, so an outage is no storm. Thread-safe.
final class Pools implements AutoCloseable {
    /// pgjdbc's own limits are none; these are the longest silence of a server that is alive.
    private record Limits(int connectSeconds, int silenceSeconds, int waitMillis, String statement, String idle) {}

    /// Workers and the queue find everything by a key. Their plans are made once for each connection, and a
    /// table that was empty then may hold millions of rows, or the dead versions of a busy minute, when they
    /// are used.
    private static final String BY_KEY = "; set enable_seqscan = off";

    private static final Limits SHORT = new Limits(2, 4, 1_500, "4s", "30s");
    private static final Limits PATIENT = new Limits(5, 30, 2_500, "20s", "30s");
    private static final Limits STREAM = new Limits(5, 30, 2_500, "60s", "10min");
    private static final int VALIDATION_MILLIS = 1_000;
    private static final long BETWEEN_RENEWALS = Duration.ofSeconds(5).toNanos();

    private final HikariDataSource calls;
    private final HikariDataSource upkeep;
    private final HikariDataSource work;
    private final HikariDataSource streams;
    private final AtomicLong renewed = new AtomicLong(System.nanoTime() - BETWEEN_RENEWALS);

    Pools(PostgresSettings settings) {
        int all = settings.connections();
        this.calls = pool(settings, "halftone-calls", Math.max(2, all / 2), SHORT, "");
        this.upkeep = pool(settings, "halftone-queue", Math.max(2, all / 3), SHORT, BY_KEY);
        this.work = pool(settings, "halftone", Math.max(2, 2 * all / 3), PATIENT, BY_KEY);
        this.streams = pool(settings, "halftone-streams", Math.max(2, all / 3), STREAM, "");
    }

    Jdbi calls() {
        return jdbi(calls);
    }

    Jdbi upkeep() {
        return jdbi(upkeep);
    }

    DataSource upkeepSource() {
        return upkeep;
    }

    Jdbi work() {
        return jdbi(work);
    }

    Jdbi streams() {
        return jdbi(streams);
    }

    /// Gives up the connections there are, each when it comes back: they lead to a server that has become
    /// read-only, and new ones may lead to the one that took over. Every five seconds at most.
    void renew() {
        long last = renewed.get();
        long now = System.nanoTime();
        if (now - last >= BETWEEN_RENEWALS && renewed.compareAndSet(last, now)) {
            List.of(calls, upkeep, work, streams)
                    .forEach(pool -> pool.getHikariPoolMXBean().softEvictConnections());
        }
    }

    @Override
    public void close() {
        List.of(streams, calls, upkeep, work).forEach(HikariDataSource::close);
    }

    private static HikariDataSource pool(
            PostgresSettings settings, String name, int size, Limits limits, String planner) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        settings.user().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(limits.waitMillis());
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setConnectionInitSql(
                "set statement_timeout = '" + limits.statement() + "'; set idle_in_transaction_session_timeout = '"
                        + limits.idle() + "'; set time zone 'UTC'" + planner);
        config.addDataSourceProperty("socketTimeout", String.valueOf(limits.silenceSeconds()));
        config.addDataSourceProperty("connectTimeout", String.valueOf(limits.connectSeconds()));
        config.addDataSourceProperty("loginTimeout", String.valueOf(limits.connectSeconds()));
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
