package dev.halftone.adapters.queue;

import dev.halftone.domain.event.DeliverySchedule;
import dev.halftone.domain.item.RetryBackoff;
import java.time.Duration;

/// How a node works.
///
/// @param name a label of the machine; the process adds what makes it unique
/// @param slicesAtOnce slices that run at the same time, of all batches together; beyond the window of a batch
/// of the highest priority, so that a small batch finds a free place beside a large one
/// @param itemsInFlight items between download and store at the same time; those that wait for their host do
/// not count
/// @param deliveriesAtOnce webhook calls at the same time
/// @param poll how often the queue is looked at; a slice that ends looks at once
/// @param heartbeat how often a running slice is said to be alive
/// @param missedHeartbeats how many may be missed before others take over, at least 4
/// @param drain how long running slices may take to end when the node stops
public record NodeSettings(
        String name,
        int slicesAtOnce,
        int itemsInFlight,
        int deliveriesAtOnce,
        Duration poll,
        Duration heartbeat,
        int missedHeartbeats,
        Duration drain,
        RetryBackoff backoff,
        DeliverySchedule deliveries) {

    private static final long BYTES_FOR_EACH_ITEM = 4L << 20;

    public NodeSettings {
        if (slicesAtOnce < 1 || itemsInFlight < 1 || deliveriesAtOnce < 1) {
            throw new IllegalArgumentException("a node runs at least one slice, item and delivery");
        }
        if (missedHeartbeats < 4 || !heartbeat.isPositive() || !poll.isPositive()) {
            throw new IllegalArgumentException("heartbeat and poll are positive, and four beats may be missed");
        }
    }

    /// Webhook calls to one endpoint at the same time: an eighth of all, so that it takes many slow receivers to
    /// keep the others waiting.
    int deliveriesEach() {
        return Math.max(1, deliveriesAtOnce / 8);
    }

    /// Taken over within 30 to 45 seconds after a kill -9. As many items in flight as a quarter of the heap
    /// holds files of a usual size, 8 to 128.
    public static NodeSettings of(String name) {
        long fit = Runtime.getRuntime().maxMemory() / 4 / BYTES_FOR_EACH_ITEM;
        return new NodeSettings(
                name,
                24,
                (int) Math.clamp(fit, 8, 128),
                32,
                Duration.ofMillis(200),
                Duration.ofSeconds(6),
                5,
                Duration.ofSeconds(20),
                RetryBackoff.DEFAULT,
                DeliverySchedule.DEFAULT);
    }
}
