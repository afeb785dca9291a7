package dev.halftone.adapters.postgres;

import dev.halftone.adapters.postgres.sealing.Sealing;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.source.SourceUrl;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// The endpoints that submissions name.
public final class WebhookEndpoints {
    private final RandomGenerator random;

    /// @param random a secure source, for secrets
    public WebhookEndpoints(RandomGenerator random) {
        this.random = random;
    }

    /// @param newSecret when the endpoint was not known before
    public record Endpoint(long key, Optional<WebhookSecret> newSecret) {}

    /// Who names an endpoint in a new submission wants to be told, so one that was disabled is enabled again.
    /// To be done last in a transaction: the endpoint's row is locked until it ends.
    public Endpoint named(Handle handle, Owner owner, SourceUrl url) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        WebhookSecret secret = new WebhookSecret("whsec_" + Base64.getEncoder().encodeToString(bytes));
        String sealed = Sealing.of(handle).seal(secret.text());
        return handle.createQuery("""
                        insert into webhook_endpoint (owner, url, secret) values (:owner, :url, :secret)
                        on conflict (owner, url) do update
                           set disabled = null, disabled_reason = null,
                               failing_since = case when webhook_endpoint.disabled is null
                                                    then webhook_endpoint.failing_since end
                        returning key, secret = :secret as made
                        """)
                .bind("owner", owner.name())
                .bind("url", url.toString())
                .bind("secret", sealed)
                .map((row, context) ->
                        new Endpoint(row.getLong(1), row.getBoolean(2) ? Optional.of(secret) : Optional.empty()))
                .one();
    }
}
