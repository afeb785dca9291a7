package dev.halftone.adapters.queue.loop;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.task.Task;
import java.util.List;
import javax.sql.DataSource;

/// db-scheduler's builder, with pauses between polls that are measured by a clock of their own: by the database's,
/// which may be another one's after a failover, a pause could last for a day.
final class SteadyBuilder extends SchedulerBuilder {
    private final Clock pauses;

    /// @param pauses never steps back
    SteadyBuilder(DataSource connections, List<Task<?>> tasks, Clock pauses) {
        super(connections, tasks);
        this.pauses = pauses;
    }

    @Override
    protected Waiter buildWaiter() {
        return new Waiter(poolingInterval, pauses);
    }
}
