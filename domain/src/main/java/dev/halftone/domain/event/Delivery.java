package dev.halftone.domain.event;

import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.source.SourceUrl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The telling of one event to one endpoint.
///
/// @param id also the message's id, constant over all attempts
/// @param secret signs the message
/// @param endpointDisabled whether the receiver said that it wants no more
/// @param body rendered at the first attempt and kept, so that every attempt sends the same bytes
/// @param nextAttempt when it is due, while [State#WAITING]
/// @param step how many attempts were made since it was set going: its place in the schedule
/// @param attempts all that were made, oldest first
public record Delivery(
        PublicId id,
        Event event,
        SourceUrl endpoint,
        String secret,
        boolean endpointDisabled,
        Optional<String> body,
        State state,
        Instant nextAttempt,
        int step,
        List<DeliveryAttempt> attempts) {

    /// Where a delivery stands.
    public enum State {
        WAITING,
        DELIVERED,
        /// The schedule ran out, or the endpoint wants no more.
        GIVEN_UP;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    /// Without secret and body.
    @Override
    public String toString() {
        return "Delivery[" + id + " to " + endpoint.host() + ", " + state.wire() + "]";
    }
}
