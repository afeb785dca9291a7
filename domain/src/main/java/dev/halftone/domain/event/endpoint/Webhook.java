package dev.halftone.domain.event.endpoint;

import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.source.SourceUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// An address that is told of events, and how it fares. It comes to be when a submission first names it.
///
/// @param failingSince the first of the failures that no success has ended
/// @param oldSecretUntil until when a replaced secret signs beside the new one
public record Webhook(
        PublicId id,
        SourceUrl url,
        Instant created,
        Optional<Disabled> disabled,
        Optional<Instant> failingSince,
        Optional<Instant> lastFailure,
        Optional<Instant> oldSecretUntil) {

    /// An endpoint that fails for so long is disabled.
    public static final Duration PATIENCE = Duration.ofDays(5);

    /// After a pause of more than this between two failures the count begins anew: nobody knows what the receiver
    /// would have answered meanwhile.
    public static final Duration PAUSE = Duration.ofDays(1);

    /// How long a replaced secret signs beside the new one.
    public static final Duration OVERLAP = Duration.ofDays(1);

    /// Secrets of one endpoint that sign at the same time at most.
    public static final int MOST_SECRETS = 5;

    /// That it is told nothing, since when, and why.
    public record Disabled(Instant since, Reason reason) {}

    /// Why an endpoint is told nothing.
    public enum Reason {
        /// It answered 410.
        GONE("The receiver answered 410, which says that it wants no more messages."),
        /// Every attempt failed for [#PATIENCE].
        FAILING("Every attempt failed for five days.");

        private final String explanation;

        Reason(String explanation) {
            this.explanation = explanation;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// One sentence for people.
        public String explanation() {
            return explanation;
        }
    }
}
