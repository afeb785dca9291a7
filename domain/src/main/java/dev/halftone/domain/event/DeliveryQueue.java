package dev.halftone.domain.event;

import dev.halftone.domain.identity.PublicId;
import java.time.Duration;

/// Port: the durable queue of deliveries. Every call joins the transaction it is made in. Thread-safe.
public interface DeliveryQueue {

    /// Has a delivery attempted after a delay; one that waits already is moved, one that is being attempted is
    /// left alone.
    void schedule(PublicId delivery, Duration delay);

    /// Takes a delivery that was attempted out of the queue.
    ///
    /// @return false when the run has lost it to another worker; then nothing is to be changed about it
    boolean complete(DeliveryRun run);

    /// Puts a delivery that was attempted back, to be attempted again after a delay.
    ///
    /// @return false when the run has lost it to another worker; then nothing is to be changed about it
    boolean again(DeliveryRun run, Duration delay);
}
