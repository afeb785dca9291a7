package dev.halftone.domain.event;

import dev.halftone.domain.identity.PublicId;
import java.time.Duration;

/// Port: the durable queue of deliveries. Joins the transaction it is called in. Thread-safe.
public interface DeliveryQueue {

    /// Has a delivery attempted after a delay; one that waits already is moved.
    void schedule(PublicId delivery, Duration delay);
}
