package dev.halftone.adapters.postgres;

import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Has events told, in the transaction that wrote them.
public final class NewDeliveries {
    private final DeliveryQueue queue;
    private final RandomGenerator random;

    /// @param random a secure source, for ids
    public NewDeliveries(DeliveryQueue queue, RandomGenerator random) {
        this.queue = queue;
        this.random = random;
    }

    /// @param event key of the event
    /// @param endpoint key of the endpoint that is told
    public void add(Handle handle, long event, long endpoint) {
        PublicId id = PublicId.random(random);
        handle.createUpdate("insert into delivery (id, event, endpoint) values (:id, :event, :endpoint)")
                .bind("id", id.value())
                .bind("event", event)
                .bind("endpoint", endpoint)
                .execute();
        queue.schedule(id, Duration.ZERO);
    }
}
