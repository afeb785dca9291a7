package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.event.DeliveryRun;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceQueue;
import dev.halftone.domain.item.SliceRun;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobQueue;
import dev.halftone.domain.job.JobRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/// The queue's writing side: db-scheduler's client, joined to the transaction under way. A process that only
/// takes batches in needs no more than this. Thread-safe.
public final class DbSchedulerQueue implements SliceQueue, DeliveryQueue, JobQueue {
    static final String SLICES = SliceRows.TABLE;
    static final String DELIVERIES = "delivery_queue";
    static final String JOBS = "job_queue";
    private static final String TAKEN_BY =
            " where task_name = ? and task_instance = ? and picked and picked_by = ? and version = ?";

    /// The version goes on, so that no later run is taken for this one.
    private static final String MOVED = " set execution_time = ?, picked = false, picked_by = null,"
            + " last_heartbeat = null, consecutive_failures = 0, version = version + 1";

    static final Serializer JSON = new JsonSerializer();

    private final DataSource transaction;
    private final SchedulerClient deliveries;
    private final SchedulerClient jobs;
    private final SliceRows slices;

    /// @param random makes the names of slices
    public DbSchedulerQueue(Database database, RandomGenerator random) {
        this.transaction = database.currentConnection();
        this.deliveries = client(DELIVERIES);
        this.jobs = client(JOBS);
        this.slices = new SliceRows(transaction, random);
    }

    private SchedulerClient client(String table) {
        return SchedulerClient.Builder.create(transaction)
                .tableName(table)
                .serializer(JSON)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .build();
    }

    @Override
    public void schedule(List<Slice> some, Duration delay) {
        slices.add(some, delay);
    }

    @Override
    public void schedule(PublicId delivery, Duration delay) {
        Instant due = due(delay);
        if (!deliveries.scheduleIfNotExists(new TaskInstance<>(DeliveryTask.NAME, delivery.value()), due)) {
            // Not db-scheduler's own: that refuses, with an exception, what is being attempted.
            changes(
                    "update " + DELIVERIES + MOVED + " where task_name = ? and task_instance = ? and not picked",
                    due,
                    statement -> {
                        statement.setString(2, DeliveryTask.NAME);
                        statement.setString(3, delivery.value());
                    });
        }
    }

    @Override
    public boolean again(DeliveryRun run, Duration delay) {
        return changes("update " + DELIVERIES + MOVED + TAKEN_BY, due(delay), statement -> {
            statement.setString(2, DeliveryTask.NAME);
            statement.setString(3, run.delivery().value());
            statement.setString(4, run.worker());
            statement.setLong(5, run.version());
        });
    }

    @Override
    public void schedule(JobId job, Duration delay) {
        jobs.schedule(
                new TaskInstance<>(JobTask.NAME, job.toString()),
                due(delay),
                SchedulerClient.ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    }

    @Override
    public Set<SliceRun> held(List<SliceRun> runs) {
        return slices.held(runs);
    }

    @Override
    public boolean holds(JobRun run) {
        return isTaken(JOBS, JobTask.NAME, run.job().toString(), run.worker(), run.version());
    }

    @Override
    public Set<SliceRun> complete(List<SliceRun> runs) {
        return slices.remove(runs);
    }

    @Override
    public boolean complete(JobRun run) {
        return isRemoved(JOBS, JobTask.NAME, run.job().toString(), run.worker(), run.version());
    }

    @Override
    public boolean complete(DeliveryRun run) {
        return isRemoved(DELIVERIES, DeliveryTask.NAME, run.delivery().value(), run.worker(), run.version());
    }

    private boolean isTaken(String table, String task, String instance, String worker, long version) {
        return rows("select 1 from " + table + TAKEN_BY + " for update", task, instance, worker, version);
    }

    private boolean isRemoved(String table, String task, String instance, String worker, long version) {
        return rows("delete from " + table + TAKEN_BY + " returning 1", task, instance, worker, version);
    }

    private boolean rows(String sql, String task, String instance, String worker, long version) {
        try (Connection connection = transaction.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, task);
            statement.setString(2, instance);
            statement.setString(3, worker);
            statement.setLong(4, version);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            throw new QueueUnavailable(e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private boolean changes(String sql, Instant due, Binding rest) {
        try (Connection connection = transaction.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, due.atOffset(ZoneOffset.UTC));
            rest.bind(statement);
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new QueueUnavailable(e);
        }
    }

    /// By the database's clock, which all nodes share.
    private Instant due(Duration delay) {
        try (Connection connection = transaction.getConnection();
                PreparedStatement statement = connection.prepareStatement("select clock_timestamp()");
                ResultSet now = statement.executeQuery()) {
            now.next();
            return now.getTimestamp(1).toInstant().plus(delay);
        } catch (SQLException e) {
            throw new QueueUnavailable(e);
        }
    }

    /// Carries the cause to the transaction's owner, who knows which ones pass.
    static final class QueueUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        QueueUnavailable(SQLException cause) {
            super(cause);
        }
    }
}
