package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.halftone.adapters.postgres.JdbiHousekeeping;
import dev.halftone.adapters.postgres.image.JdbiJobHousekeeping;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What recurs, on one node of all at a time.
final class HousekeepingTasks {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingTasks.class);

    private HousekeepingTasks() {}

    static RecurringTask<Void> task(Chore chore) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.pause()))
                .execute((instance, context) -> chore.work().run());
    }

    static List<RecurringTask<Void>> tasks(JdbiHousekeeping housekeeping, JdbiJobHousekeeping jobKeeping) {
        return List.of(
                Tasks.recurring("requeue", FixedDelay.ofSeconds(60)).execute((instance, context) -> {
                    int batches = housekeeping.requeueVanished();
                    int deliveries = housekeeping.requeueDeliveries();
                    int jobs = jobKeeping.requeueVanished();
                    if (batches + deliveries + jobs > 0) {
                        LOG.warn(
                                "{} batches, {} deliveries and {} jobs had vanished from the queue",
                                batches,
                                deliveries,
                                jobs);
                    }
                }),
                Tasks.recurring("forget", FixedDelay.ofHours(1)).execute((instance, context) -> housekeeping.forget()));
    }
}
