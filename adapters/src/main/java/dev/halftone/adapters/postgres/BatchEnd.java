package dev.halftone.adapters.postgres;

import dev.halftone.domain.event.DeliveryQueue;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Ends a batch with its last item: its state, the event and the event's delivery, in the transaction that
/// ended the item. Whoever holds the batch's row and finds nothing open ends it, so it happens once. What is to be
/// told on the way to the end is told in the same transactions.
final class BatchEnd {
    private final BatchEvents events;

    BatchEnd(DeliveryQueue deliveries, RandomGenerator random) {
        this.events = new BatchEvents(deliveries, random);
    }

    void endIfDone(Handle handle, long batch) {
        events.tellProgress(handle, batch);
        events.tellEnd(handle, batch);
    }
}
