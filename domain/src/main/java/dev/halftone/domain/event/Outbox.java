package dev.halftone.domain.event;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.identity.PublicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Port: events that were written with the state change they tell of, and their deliveries. Thread-safe.
public interface Outbox {

    Optional<Delivery> find(PublicId id);

    /// A batch's deliveries, oldest first.
    List<Delivery> ofBatch(BatchId batch);

    /// Keeps the body of a delivery's message.
    void keepBody(PublicId id, String body);

    /// Logs an attempt and says what follows: another one at that time, or none.
    ///
    /// @param disableEndpoint whether the receiver said that it wants no more
    void attempted(
            PublicId id,
            DeliveryAttempt attempt,
            Delivery.State state,
            Optional<Instant> next,
            boolean disableEndpoint);

    /// Ends a delivery without an attempt, its endpoint being disabled.
    void giveUp(PublicId id);

    /// Sends again, from the first step of the schedule, under the same message id. Enables the endpoint.
    ///
    /// @return false when there is no such delivery
    boolean replay(PublicId id);
}
