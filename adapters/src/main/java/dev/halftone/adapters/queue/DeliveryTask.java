package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.halftone.adapters.queue.loop.Revival;
import dev.halftone.domain.event.DeliverEvent;
import dev.halftone.domain.event.DeliveryRun;
import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Makes one attempt at a delivery. What follows is written in the transaction that logs the attempt, so
/// db-scheduler itself has nothing to do afterwards, unless no attempt could be made.
final class DeliveryTask {
    static final String NAME = "delivery";
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private DeliveryTask() {}

    static CustomTask<Void> task(DeliverEvent deliver, InstantSource clock, Revival revival) {
        return Tasks.custom(NAME, Void.class)
                .onFailure((complete, operations) -> {
                    // An interrupted thread reaches no database, and nothing comes after this.
                    Thread.interrupted();
                    operations.reschedule(complete, clock.instant().plus(AGAIN));
                })
                .onDeadExecution(revival.handler())
                .execute((instance, context) -> {
                    try {
                        return then(deliver.attempt(runOf(context.getExecution())));
                    } catch (InterruptedException e) {
                        // The node stops; another attempt, under the same id, follows on the next one. The thread
                        // stays uninterrupted to write that down.
                        return then(Optional.of(clock.instant()));
                    }
                });
    }

    private static DeliveryRun runOf(Execution execution) {
        return new DeliveryRun(new PublicId(execution.getId()), execution.pickedBy, execution.version);
    }

    private static CompletionHandler<Void> then(Optional<Instant> comeAgain) {
        return (complete, operations) -> comeAgain.ifPresent(at -> operations.reschedule(complete, at));
    }
}
