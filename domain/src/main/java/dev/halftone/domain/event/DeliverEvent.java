package dev.halftone.domain.event;

import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes one attempt to deliver an event, logs it and says when the next one is due. An attempt that was made
/// but not logged is made again: at least once, always under the same id.
public final class DeliverEvent {
    private static final int GONE = 410;

    private final Outbox outbox;
    private final EventBodies bodies;
    private final EventSender sender;
    private final DeliverySchedule schedule;
    private final InstantSource clock;
    private final RandomGenerator random;

    public DeliverEvent(
            Outbox outbox,
            EventBodies bodies,
            EventSender sender,
            DeliverySchedule schedule,
            InstantSource clock,
            RandomGenerator random) {
        this.outbox = outbox;
        this.bodies = bodies;
        this.sender = sender;
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
    }

    /// @return when to call again; empty when the delivery has ended
    public Optional<Instant> attempt(PublicId id) throws InterruptedException {
        Optional<Delivery> found = outbox.find(id);
        if (found.isEmpty() || found.get().state() != Delivery.State.WAITING) {
            return Optional.empty();
        }
        Delivery delivery = found.get();
        if (delivery.endpointDisabled()) {
            outbox.giveUp(id);
            return Optional.empty();
        }
        if (delivery.nextAttempt().isAfter(clock.instant())) {
            return Optional.of(delivery.nextAttempt());
        }
        Instant at = clock.instant();
        DeliveryResult result = sender.send(
                new WebhookMessage("msg_" + id.value(), delivery.endpoint(), delivery.secret(), bodyOf(delivery)));
        Duration took = Duration.between(at, clock.instant());
        return logged(delivery, at, took.isNegative() ? Duration.ZERO : took, result);
    }

    private String bodyOf(Delivery delivery) {
        return delivery.body().orElseGet(() -> {
            String body = bodies.body(delivery.event());
            outbox.keepBody(delivery.id(), body);
            return body;
        });
    }

    private Optional<Instant> logged(Delivery delivery, Instant at, Duration took, DeliveryResult result) {
        int number = delivery.attempts().size() + 1;
        int step = delivery.step() + 1;
        boolean gone = result instanceof DeliveryResult.Refused refused && refused.status() == GONE;
        Optional<Duration> wait = switch (result) {
            case DeliveryResult.Accepted accepted -> Optional.empty();
            case DeliveryResult.Refused refused ->
                gone ? Optional.empty() : schedule.after(step, refused.retryAfter(), random);
            case DeliveryResult.Unreachable unreachable -> schedule.after(step, Optional.empty(), random);
        };
        Optional<Instant> next = wait.map(clock.instant()::plus);
        Delivery.State state = result instanceof DeliveryResult.Accepted
                ? Delivery.State.DELIVERED
                : next.isPresent() ? Delivery.State.WAITING : Delivery.State.GIVEN_UP;
        outbox.attempted(delivery.id(), new DeliveryAttempt(number, at, took, result), state, next, gone);
        return next;
    }
}
