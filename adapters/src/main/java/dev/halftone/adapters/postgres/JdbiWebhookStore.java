package dev.halftone.adapters.postgres;

import dev.halftone.adapters.postgres.sealing.Sealing;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.event.endpoint.Webhook;
import dev.halftone.domain.event.endpoint.WebhookStore;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The endpoints of webhooks in PostgreSQL.
public final class JdbiWebhookStore implements WebhookStore {
    private static final String SELECT = """
            select w.id, w.url, w.created, w.disabled, coalesce(w.disabled_reason, 'gone') as disabled_reason,
                   w.failing_since, w.last_failure,
                   (select max(o.expires) from webhook_old_secret o
                     where o.endpoint = w.key and o.expires > now()) as old_until
              from webhook_endpoint w
            """;

    private final Database database;

    public JdbiWebhookStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Webhook> find(Owner owner, PublicId id) {
        return database.read(handle -> find(handle, owner, id));
    }

    private static Optional<Webhook> find(Handle handle, Owner owner, PublicId id) {
        return handle.createQuery(SELECT + " where w.id = :id and w.owner = :owner")
                .bind("owner", owner.name())
                .bind("id", id.value())
                .map((row, context) -> webhook(row))
                .findOne();
    }

    @Override
    public List<Webhook> list(Owner owner, Optional<Boolean> disabled, Optional<PublicId> after, int limit) {
        if (limit < 1 || limit > PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + PAGE + " entries, not " + limit);
        }
        String sql = SELECT
                + " where w.owner = :owner"
                + (disabled.isPresent() ? " and (w.disabled is not null) = :disabled" : "")
                + (after.isPresent()
                        ? " and w.key < (select key from webhook_endpoint where id = :after and owner = :owner)"
                        : "")
                + " order by w.key desc limit :limit";
        return database.read(handle -> handle.createQuery(sql)
                .bind("owner", owner.name())
                .bind("disabled", disabled.orElse(false))
                .bind("after", after.map(PublicId::value).orElse(""))
                .bind("limit", limit)
                .map((row, context) -> webhook(row))
                .list());
    }

    @Override
    public Optional<Webhook> enable(Owner owner, PublicId id) {
        return database.transaction(handle -> {
            EndpointHealth.enable(handle, owner, id);
            return find(handle, owner, id);
        });
    }

    @Override
    public Rotation rotate(Owner owner, PublicId id, WebhookSecret fresh, boolean keepOld) {
        return database.transaction(handle -> {
            Optional<Long> key = handle.createQuery(
                            "select key from webhook_endpoint where id = :id and owner = :owner for update")
                    .bind("owner", owner.name())
                    .bind("id", id.value())
                    .mapTo(Long.class)
                    .findOne();
            if (key.isEmpty()) {
                return new Rotation.Unknown();
            }
            int old = prune(handle, key.get(), keepOld);
            if (keepOld && old + 2 > Webhook.MOST_SECRETS) {
                return new Rotation.TooMany(find(handle, owner, id).orElseThrow());
            }
            replace(handle, key.get(), fresh, keepOld);
            return new Rotation.Rotated(find(handle, owner, id).orElseThrow());
        });
    }

    /// Forgets what signs no more.
    ///
    /// @return how many old secrets are left
    private static int prune(Handle handle, long endpoint, boolean keepOld) {
        handle.createUpdate("delete from webhook_old_secret where endpoint = :key and (expires <= now() or not :keep)")
                .bind("key", endpoint)
                .bind("keep", keepOld)
                .execute();
        return handle.createQuery("select count(*) from webhook_old_secret where endpoint = :key")
                .bind("key", endpoint)
                .mapTo(Integer.class)
                .one();
    }

    private static void replace(Handle handle, long endpoint, WebhookSecret fresh, boolean keepOld) {
        if (keepOld) {
            handle.createUpdate("""
                            insert into webhook_old_secret (endpoint, secret, expires)
                            select key, secret, now() + make_interval(secs => :overlap)
                              from webhook_endpoint where key = :key
                            """)
                    .bind("key", endpoint)
                    .bind("overlap", Webhook.OVERLAP.toSeconds())
                    .execute();
        }
        handle.createUpdate("update webhook_endpoint set secret = :secret where key = :key")
                .bind("key", endpoint)
                .bind("secret", Sealing.of(handle).seal(fresh.text()))
                .execute();
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        Webhook.Reason reason =
                row.getString("disabled_reason").equals("failing") ? Webhook.Reason.FAILING : Webhook.Reason.GONE;
        return new Webhook(
                new PublicId(row.getString("id")),
                new SourceUrl(URI.create(row.getString("url"))),
                row.getTimestamp("created").toInstant(),
                DeliveryRows.instant(row, "disabled").map(since -> new Webhook.Disabled(since, reason)),
                DeliveryRows.instant(row, "failing_since"),
                DeliveryRows.instant(row, "last_failure"),
                DeliveryRows.instant(row, "old_until"));
    }
}
