package dev.halftone.adapters.postgres;

import dev.halftone.domain.event.DeliveryQueue;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Ends a batch with its last item: its state, the event and the event's delivery, in the transaction that
/// ended the item. Whoever holds the batch's row and finds nothing open ends it, so it happens once.
final class BatchEnd {
    private final NewDeliveries deliveries;

    BatchEnd(DeliveryQueue deliveries, RandomGenerator random) {
        this.deliveries = new NewDeliveries(deliveries, random);
    }

    private record Ended(long event, long endpoint) {}

    void endIfDone(Handle handle, long batch) {
        Optional<Ended> ended = handle.createQuery("""
                        with over as (
                          update batch
                             set finished = now(), updated = now(),
                                 state = case when cancelled > 0 then 'cancelled'
                                              when completed > 0 then 'completed' else 'failed' end
                           where key = :batch and finished is null and pending = 0 and processing = 0 and total > 0
                          returning key, run, state, webhook),
                        told as (
                          insert into event (batch, run, type) select key, run, 'batch.' || state from over
                          returning key)
                        select told.key, over.webhook from told, over where over.webhook is not null
                        """)
                .bind("batch", batch)
                .map((row, context) -> new Ended(row.getLong(1), row.getLong(2)))
                .findOne();
        ended.ifPresent(told -> deliveries.add(handle, told.event(), told.endpoint()));
    }
}
