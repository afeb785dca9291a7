package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.halftone.adapters.postgres.JdbiHousekeeping;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What recurs, on one node of all at a time.
final class HousekeepingTasks {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingTasks.class);

    private HousekeepingTasks() {}

    static List<RecurringTask<Void>> tasks(JdbiHousekeeping housekeeping) {
        return List.of(
                Tasks.recurring("requeue", FixedDelay.ofSeconds(60)).execute((instance, context) -> {
                    int batches = housekeeping.requeueVanished();
                    int deliveries = housekeeping.requeueDeliveries();
                    if (batches + deliveries > 0) {
                        LOG.warn("{} batches and {} deliveries had vanished from the queue", batches, deliveries);
                    }
                }),
                Tasks.recurring("forget", FixedDelay.ofHours(1)).execute((instance, context) -> housekeeping.forget()));
    }
}
