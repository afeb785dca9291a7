package dev.halftone.adapters.queue;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.halftone.domain.event.DeliverEvent;
import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Makes one attempt at a delivery and waits in the queue for the next.
final class DeliveryTask {
    static final String NAME = "delivery";
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private DeliveryTask() {}

    static CustomTask<Void> task(DeliverEvent deliver, InstantSource clock) {
        return Tasks.custom(NAME, Void.class)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(AGAIN)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    try {
                        return then(deliver.attempt(new PublicId(instance.getId())));
                    } catch (InterruptedException e) {
                        // The node stops; another attempt, under the same id, follows on the next one.
                        Thread.currentThread().interrupt();
                        return then(Optional.of(clock.instant()));
                    }
                });
    }

    private static CompletionHandler<Void> then(Optional<Instant> next) {
        return (complete, operations) ->
                next.ifPresentOrElse(at -> operations.reschedule(complete, at), operations::remove);
    }
}
