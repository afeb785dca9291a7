package dev.halftone.domain.event.endpoint;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.identity.PublicId;
import java.util.List;
import java.util.Optional;

/// Port: the endpoints that are told of events. Thread-safe.
public interface WebhookStore {
    int PAGE = 200;

    /// Empty where there is no such endpoint of this owner.
    Optional<Webhook> find(Owner owner, PublicId id);

    /// An owner's endpoints, the newest first.
    ///
    /// @param disabled only those that are disabled, or only those that are not
    /// @param after the last endpoint of the page before
    /// @param limit 1 to [#PAGE]
    List<Webhook> list(Owner owner, Optional<Boolean> disabled, Optional<PublicId> after, int limit);

    /// Has an endpoint told again, its failures forgotten. One that is told already stays as it is.
    ///
    /// @return empty when there is no such endpoint
    Optional<Webhook> enable(Owner owner, PublicId id);

    /// Replaces an endpoint's secret.
    ///
    /// @param fresh the new one
    /// @param keepOld whether the secrets before it sign beside it for [Webhook#OVERLAP], or no more at once
    Rotation rotate(Owner owner, PublicId id, WebhookSecret fresh, boolean keepOld);

    /// What came of asking for a new secret.
    sealed interface Rotation {
        record Rotated(Webhook webhook) implements Rotation {}

        /// [Webhook#MOST_SECRETS] sign already; nothing was changed.
        record TooMany(Webhook webhook) implements Rotation {}

        record Unknown() implements Rotation {}
    }
}
