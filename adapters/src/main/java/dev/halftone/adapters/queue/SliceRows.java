package dev.halftone.adapters.queue;

import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Slices in db-scheduler's table, many in one statement: these are the tails of transactions that hold a
/// batch's row. Thread-safe.
final class SliceRows {
    static final String TABLE = "slice_queue";

    /// What db-scheduler's own batch of inserts writes; the statement reads the clock itself.
    private static final String INSERT = "insert into " + TABLE
            + " (task_name, task_instance, task_data, execution_time, picked, version)"
            + " select ?, name, data, clock_timestamp() + ? * interval '1 millisecond', false, 1"
            + " from unnest(?, ?) as s(name, data)";

    private static final String THEIRS = "unnest(?, ?, ?) as r(instance, worker, version)"
            + " where q.task_name = ? and q.task_instance = r.instance and q.picked and q.picked_by = r.worker"
            + " and q.version = r.version";
    private static final String LOCK = "select q.task_instance from " + TABLE + " q, " + THEIRS + " for update of q";
    private static final String DELETE = "delete from " + TABLE + " q using " + THEIRS + " returning q.task_instance";

    private final DataSource transaction;
    private final RandomGenerator random;

    /// @param transaction the connection of the transaction under way
    /// @param random makes the names of slices
    SliceRows(DataSource transaction, RandomGenerator random) {
        this.transaction = transaction;
        this.random = random;
    }

    void add(List<Slice> some, Duration delay) {
        try (Connection connection = transaction.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            String[] names = new String[some.size()];
            byte[][] data = new byte[some.size()][];
            for (int i = 0; i < names.length; i++) {
                // The batch's id comes first, so that a batch's slices can be found.
                names[i] = some.get(i).batch() + ":" + PublicId.random(random);
                data[i] = DbSchedulerQueue.JSON.serialize(SliceTask.Data.of(some.get(i)));
            }
            statement.setString(1, SliceTask.NAME);
            statement.setLong(2, delay.toMillis());
            statement.setArray(3, connection.createArrayOf("text", names));
            statement.setArray(4, connection.createArrayOf("bytea", data));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DbSchedulerQueue.QueueUnavailable(e);
        }
    }

    /// The runs whose slices are still theirs; the rows stay locked until the transaction ends.
    Set<SliceRun> held(List<SliceRun> runs) {
        return theirs(LOCK, runs);
    }

    /// The runs whose slices were still theirs; the rows are gone.
    Set<SliceRun> remove(List<SliceRun> runs) {
        return theirs(DELETE, runs);
    }

    private Set<SliceRun> theirs(String sql, List<SliceRun> runs) {
        if (runs.isEmpty()) {
            return Set.of();
        }
        try (Connection connection = transaction.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", each(runs, SliceRun::instance)));
            statement.setArray(2, connection.createArrayOf("text", each(runs, SliceRun::worker)));
            statement.setArray(3, connection.createArrayOf("bigint", each(runs, SliceRun::version)));
            statement.setString(4, SliceTask.NAME);
            Set<String> found = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return runs.stream().filter(run -> found.contains(run.instance())).collect(Collectors.toSet());
        } catch (SQLException e) {
            throw new DbSchedulerQueue.QueueUnavailable(e);
        }
    }

    private static Object[] each(List<SliceRun> runs, Function<SliceRun, Object> value) {
        return runs.stream().map(value).toArray();
    }
}
