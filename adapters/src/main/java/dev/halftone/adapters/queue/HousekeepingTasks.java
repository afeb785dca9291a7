package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.halftone.adapters.postgres.JdbiHousekeeping;
import dev.halftone.adapters.postgres.image.JdbiJobHousekeeping;
import dev.halftone.adapters.queue.loop.Revival;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What recurs, on one node of all at a time.
final class HousekeepingTasks {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingTasks.class);

    private HousekeepingTasks() {}

    static RecurringTask<Void> task(Chore chore, Revival revival) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.pause()))
                .onDeadExecution(revival.handler())
                .execute((instance, context) -> chore.work().run());
    }

    static List<RecurringTask<Void>> tasks(
            JdbiHousekeeping housekeeping, JdbiJobHousekeeping jobKeeping, Revival revival) {
        return List.of(
                task(new Chore("requeue", Duration.ofSeconds(60), () -> requeue(housekeeping, jobKeeping)), revival),
                task(new Chore("forget", Duration.ofHours(1), housekeeping::forget), revival));
    }

    private static void requeue(JdbiHousekeeping housekeeping, JdbiJobHousekeeping jobKeeping) {
        int batches = housekeeping.requeueVanished();
        int deliveries = housekeeping.requeueDeliveries();
        int jobs = jobKeeping.requeueVanished();
        if (batches + deliveries + jobs > 0) {
            LOG.warn("{} batches, {} deliveries and {} jobs had vanished from the queue", batches, deliveries, jobs);
        }
    }
}
