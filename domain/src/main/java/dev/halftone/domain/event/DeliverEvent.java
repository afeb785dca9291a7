package dev.halftone.domain.event;

import dev.halftone.domain.event.endpoint.EndpointTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes one attempt to deliver an event, logs it and says when the next one is due. An attempt that was made
/// but not logged is made again: at least once, always under the same id.
public final class DeliverEvent {
    private final Outbox outbox;
    private final EventBodies bodies;
    private final EventSender sender;
    private final DeliverySchedule schedule;
    private final EndpointTurns turns;
    private final InstantSource clock;
    private final RandomGenerator random;

    public DeliverEvent(
            Outbox outbox,
            EventBodies bodies,
            EventSender sender,
            DeliverySchedule schedule,
            EndpointTurns turns,
            InstantSource clock,
            RandomGenerator random) {
        this.outbox = outbox;
        this.bodies = bodies;
        this.sender = sender;
        this.schedule = schedule;
        this.turns = turns;
        this.clock = clock;
        this.random = random;
    }

    /// @return when to come again, no attempt having been made; empty when there is nothing left to do, the
    /// queue included
    public Optional<Instant> attempt(DeliveryRun run) throws InterruptedException {
        Optional<Delivery> found = outbox.ofAnyone(run.delivery())
                .filter(delivery -> delivery.state() == Delivery.State.WAITING && !delivery.endpointDisabled());
        if (found.isEmpty()) {
            outbox.giveUp(run);
            return Optional.empty();
        }
        Delivery delivery = found.get();
        if (delivery.nextAttempt().isAfter(clock.instant())) {
            return Optional.of(delivery.nextAttempt());
        }
        Optional<Instant> busy = turns.enter(delivery.endpoint());
        if (busy.isPresent()) {
            return busy;
        }
        Instant at = clock.instant();
        try {
            WebhookMessage message =
                    new WebhookMessage(delivery.messageId(), delivery.endpoint(), delivery.secrets(), bodyOf(delivery));
            DeliveryResult result = sender.send(message);
            outbox.attempted(run, new AttemptEnd(at, since(at), result, next(delivery, result)));
            return Optional.empty();
        } finally {
            turns.leave(delivery.endpoint(), since(at));
        }
    }

    private String bodyOf(Delivery delivery) {
        return delivery.body().orElseGet(() -> {
            Event event = outbox.event(delivery.id())
                    .orElseThrow(() -> new IllegalStateException("delivery " + delivery.id() + " is gone"));
            String body = bodies.body(event);
            outbox.keepBody(delivery.id(), body);
            return body;
        });
    }

    private Optional<Instant> next(Delivery delivery, DeliveryResult result) {
        int step = delivery.step() + 1;
        Optional<Duration> wait = switch (result) {
            case DeliveryResult.Accepted accepted -> Optional.empty();
            case DeliveryResult.Refused refused -> schedule.after(step, refused.retryAfter(), random);
            case DeliveryResult.Unreachable unreachable -> schedule.after(step, Optional.empty(), random);
        };
        return wait.map(clock.instant()::plus);
    }

    private Duration since(Instant at) {
        Duration took = Duration.between(at, clock.instant());
        return took.isNegative() ? Duration.ZERO : took;
    }
}
