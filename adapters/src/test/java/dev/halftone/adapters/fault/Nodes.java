package dev.halftone.adapters.fault;

import dev.halftone.adapters.queue.NodeSettings;
import dev.halftone.domain.event.DeliverySchedule;
import dev.halftone.domain.item.RetryBackoff;
import java.time.Duration;

/// A node as in production, with fewer items at once, so that a batch outlasts a fault.
final class Nodes {
    private Nodes() {}

    static NodeSettings calm() {
        return new NodeSettings(
                "faults",
                16,
                16,
                8,
                Duration.ofMillis(200),
                Duration.ofSeconds(6),
                5,
                Duration.ofSeconds(5),
                RetryBackoff.DEFAULT,
                DeliverySchedule.DEFAULT);
    }
}
