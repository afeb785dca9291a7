package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.AttemptEnd;
import dev.halftone.domain.event.endpoint.Webhook;
import dev.halftone.domain.identity.PublicId;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How endpoints fare: counts the time for which they fail, and disables them.
final class EndpointHealth {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealth.class);

    private EndpointHealth() {}

    private record Disabled(String webhook, String reason) {}

    /// Takes an attempt into account.
    ///
    /// @return whether it had the endpoint disabled
    static boolean note(Handle handle, long delivery, AttemptEnd end) {
        if (end.succeeded()) {
            handle.createUpdate("""
                            update webhook_endpoint set failing_since = null
                             where key = (select endpoint from delivery where key = :delivery)
                               and failing_since is not null
                            """).bind("delivery", delivery).execute();
            return false;
        }
        handle.createUpdate("""
                        update webhook_endpoint
                           set failing_since = case when last_failure >= now() - make_interval(secs => :pause)
                                                    then coalesce(failing_since, now()) else now() end,
                               last_failure = now()
                         where key = (select endpoint from delivery where key = :delivery)
                        """)
                .bind("delivery", delivery)
                .bind("pause", Webhook.PAUSE.toSeconds())
                .execute();
        return handle.createQuery("""
                        update webhook_endpoint
                           set disabled = now(), disabled_reason = case when :gone then 'gone' else 'failing' end
                         where key = (select endpoint from delivery where key = :delivery)
                           and (:gone or failing_since <= now() - make_interval(secs => :patience))
                        returning id, disabled_reason
                        """)
                .bind("delivery", delivery)
                .bind("gone", end.gone())
                .bind("patience", Webhook.PATIENCE.toSeconds())
                .map((row, context) -> new Disabled(row.getString(1), row.getString(2)))
                .findOne()
                .map(disabled -> {
                    LOG.warn("webhook {} is disabled: {}", disabled.webhook(), disabled.reason());
                    return true;
                })
                .orElse(false);
    }

    static void enable(Handle handle, Owner owner, PublicId webhook) {
        handle.createUpdate("""
                        update webhook_endpoint set disabled = null, disabled_reason = null, failing_since = null
                         where id = :id and owner = :owner and disabled is not null
                        """)
                .bind("owner", owner.name())
                .bind("id", webhook.value())
                .execute();
    }
}
