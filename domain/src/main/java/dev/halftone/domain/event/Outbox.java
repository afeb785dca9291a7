package dev.halftone.domain.event;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.job.JobId;
import java.util.List;
import java.util.Optional;

/// Port: events that were written with the state change they tell of, and their deliveries. Thread-safe.
public interface Outbox {
    int PAGE = 200;

    /// Empty where there is no such delivery of this owner.
    Optional<Delivery> find(Owner owner, PublicId id);

    /// Whoever's it is: for workers.
    Optional<Delivery> ofAnyone(PublicId id);

    /// What a delivery tells; empty when there is no such delivery.
    Optional<Event> event(PublicId delivery);

    /// A batch's deliveries, oldest first.
    ///
    /// @param after the last delivery of the page before
    /// @param limit 1 to [#PAGE]
    List<Delivery> ofBatch(Owner owner, BatchId batch, Optional<PublicId> after, int limit);

    /// The first page of a batch's deliveries.
    default List<Delivery> ofBatch(Owner owner, BatchId batch) {
        return ofBatch(owner, batch, Optional.empty(), PAGE);
    }

    /// A job's deliveries, oldest first.
    ///
    /// @param after the last delivery of the page before
    /// @param limit 1 to [#PAGE]
    List<Delivery> ofJob(Owner owner, JobId job, Optional<PublicId> after, int limit);

    /// Keeps the body of a delivery's message; the first one stays.
    void keepBody(PublicId id, String body);

    /// Logs an attempt and does what follows: the delivery ends or waits for its next attempt, and the endpoint
    /// is disabled when it is gone or has failed for too long. A run that lost its delivery is logged, for its
    /// message was sent, and changes nothing else.
    ///
    /// @return whether the delivery was still this run's
    boolean attempted(DeliveryRun run, AttemptEnd end);

    /// Ends a delivery without an attempt, if it waits, and takes it out of the queue.
    void giveUp(DeliveryRun run);

    /// Sends again, now and from the first step of the schedule, under the same message id. One that waits for
    /// its next attempt is attempted now; one that is due is left as it is, so that asking twice sends once.
    ///
    /// @param enable whether a disabled endpoint is enabled for it
    Replay replay(Owner owner, PublicId id, boolean enable);

    /// What came of asking for a replay.
    sealed interface Replay {
        /// @param delivery as it stands now
        record Sending(Delivery delivery) implements Replay {}

        /// Nothing was changed.
        record Disabled(Delivery delivery) implements Replay {}

        record Unknown() implements Replay {}
    }
}
