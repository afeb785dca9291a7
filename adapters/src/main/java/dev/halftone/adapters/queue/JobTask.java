package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.halftone.adapters.queue.loop.Revival;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobRun;
import dev.halftone.domain.job.RunJob;
import java.time.Duration;
import java.time.InstantSource;

/// Runs a job that db-scheduler picked. The job leaves the queue in the transaction that ends its run, so
/// db-scheduler itself has nothing to do afterwards; one that could not be ended is run again.
final class JobTask {
    static final String NAME = "job";
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private JobTask() {}

    static CustomTask<Void> task(RunJob runJob, InstantSource clock, Revival revival) {
        return Tasks.custom(NAME, Void.class)
                .onFailure((complete, operations) -> {
                    // An interrupted thread reaches no database, and nothing comes after this.
                    Thread.interrupted();
                    operations.reschedule(complete, clock.instant().plus(AGAIN));
                })
                .onDeadExecution(revival.handler())
                .execute((instance, context) -> {
                    runJob.run(runOf(context.getExecution()));
                    return (complete, operations) -> {};
                });
    }

    private static JobRun runOf(Execution execution) {
        return new JobRun(JobId.of(execution.getId()), execution.pickedBy, execution.version);
    }
}
