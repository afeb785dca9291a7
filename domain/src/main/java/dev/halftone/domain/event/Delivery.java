package dev.halftone.domain.event;

import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.source.SourceUrl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The telling of one event to one endpoint.
///
/// @param id with `msg_` before it, also the message's id, constant over all attempts
/// @param type of the event
/// @param webhook the endpoint's id
/// @param secrets sign the message, the newest first; more than one while a rotation lasts
/// @param endpointDisabled whether the endpoint is told nothing at the moment
/// @param body rendered at the first attempt and kept, so that every attempt sends the same bytes
/// @param nextAttempt when it is due, while [State#WAITING]
/// @param step how many attempts were made since it was set going: its place in the schedule
/// @param attempts all that were made, oldest first
public record Delivery(
        PublicId id,
        String type,
        PublicId webhook,
        SourceUrl endpoint,
        List<String> secrets,
        boolean endpointDisabled,
        Optional<String> body,
        State state,
        Instant created,
        Optional<Instant> ended,
        Instant nextAttempt,
        int step,
        List<DeliveryAttempt> attempts) {

    /// Where a delivery stands.
    public enum State {
        WAITING,
        DELIVERED,
        /// The schedule ran out, or the endpoint is disabled.
        GIVEN_UP;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Delivery {
        secrets = List.copyOf(secrets);
        attempts = List.copyOf(attempts);
    }

    public String messageId() {
        return "msg_" + id.value();
    }

    /// Without secrets and body.
    @Override
    public String toString() {
        return "Delivery[" + id + " to " + endpoint.host() + ", " + state.wire() + "]";
    }
}
