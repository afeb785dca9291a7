package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.item.SliceQueue;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Writes a new batch within one transaction: the batch, its key, its endpoint, its rows and items, and the
/// first window of slices.
final class NewBatchRows {
    private final Window window;
    private final WebhookEndpoints endpoints;

    NewBatchRows(SliceQueue queue, RandomGenerator random) {
        this.window = new Window(queue);
        this.endpoints = new WebhookEndpoints(random);
    }

    /// @param webhookSecret when this batch made the endpoint
    record Written(Optional<WebhookSecret> webhookSecret) {}

    /// Empty when nothing is to be kept: the feed says so, or the idempotency key is taken.
    Optional<Written> write(Handle handle, NewBatch batch, BatchStore.RowFeed feed) throws IOException {
        long key = insert(handle, batch);
        if (batch.idempotencyKey().isPresent()
                && !takeKey(handle, batch.idempotencyKey().get(), key, batch)) {
            return Optional.empty();
        }
        ManifestCopy copy =
                new ManifestCopy(handle.getConnection(), key, batch.options().outputNames());
        Optional<ManifestSummary> summary = feed.into(copy);
        if (summary.isEmpty()) {
            return Optional.empty();
        }
        int items = copy.finish();
        if (items == 0) {
            return Optional.empty();
        }
        if (batch.options().outputNames().isPresent()) {
            OutputNumbers.give(handle, key);
        }
        resolveRepeats(handle, key);
        count(handle, key, summary.get(), items, copy);
        Quotas.use(handle, batch.by(), items);
        Optional<WebhookEndpoints.Endpoint> endpoint = batch.options()
                .webhook()
                .map(url -> endpoint(
                        handle, batch.by().owner(), key, url, batch.options().webhookProgress()));
        LaneRows.create(handle, key, copy.lanes());
        window.fill(handle, key, batch.id(), batch.options().priority(), 0);
        return Optional.of(new Written(endpoint.flatMap(WebhookEndpoints.Endpoint::newSecret)));
    }

    private static long insert(Handle handle, NewBatch batch) {
        return handle.createQuery("""
                        insert into batch (id, owner, options, upload, fingerprint, keep_for)
                        values (:id, :owner, cast(:options as jsonb), :upload, :fingerprint, :keepFor)
                        returning key
                        """)
                .bind("id", batch.id().toString())
                .bind("owner", batch.by().owner().name())
                .bind("options", Json.of(batch.options()))
                .bind("upload", batch.upload().value())
                .bind("fingerprint", batch.fingerprint().hex())
                .bind(
                        "keepFor",
                        batch.options()
                                .retention()
                                .filter(retention -> !retention.isForGood())
                                .map(retention -> retention.time().toSeconds())
                                .orElse(null))
                .mapTo(Long.class)
                .one();
    }

    /// Waits for a submission with the same key that is still under way, and loses to it when it is stored.
    private static boolean takeKey(Handle handle, String key, long batch, NewBatch submitted) {
        return handle.createUpdate("""
                        insert into idempotency (owner, key, batch, fingerprint) values (:owner, :key, :batch, :fingerprint)
                        on conflict do nothing
                        """)
                        .bind("owner", submitted.by().owner().name())
                        .bind("key", key)
                        .bind("batch", batch)
                        .bind("fingerprint", submitted.fingerprint().hex())
                        .execute()
                == 1;
    }

    /// Done last: the endpoint's row is locked until the transaction ends.
    private WebhookEndpoints.Endpoint endpoint(
            Handle handle, Owner owner, long batch, SourceUrl url, boolean progress) {
        WebhookEndpoints.Endpoint endpoint = endpoints.named(handle, owner, url);
        handle.createUpdate("""
                        update batch set webhook = :endpoint, told_percent = case when :progress then 0 end
                         where key = :batch
                        """)
                .bind("endpoint", endpoint.key())
                .bind("progress", progress)
                .bind("batch", batch)
                .execute();
        return endpoint;
    }

    /// The new rows have no statistics yet, so the planner takes them for few; a nested loop over two million
    /// would not end.
    private static void resolveRepeats(Handle handle, long batch) {
        handle.execute("set local enable_nestloop = off");
        handle.createUpdate("""
                        with repeated as materialized (
                          select url, min(ordinal) as first, count(*)::integer as copies
                            from item where batch = :batch group by url having count(*) > 1)
                        update item i
                           set copies = case when i.ordinal = r.first then r.copies else 1 end,
                               first_ordinal = case when i.ordinal = r.first then null else r.first end,
                               state = case when i.ordinal = r.first then i.state end,
                               url = case when i.ordinal = r.first then i.url end
                          from repeated r
                         where i.batch = :batch and i.url = r.url
                        """).bind("batch", batch).execute();
    }

    private static void count(Handle handle, long key, ManifestSummary summary, int items, ManifestCopy copy) {
        handle.createUpdate("""
                        update batch set total = :items, pending = :items, products = :products,
                               skipped_rows = :skipped, assumptions = cast(:assumptions as jsonb)
                         where key = :key
                        """)
                .bind("items", items)
                .bind("products", summary.products())
                .bind("skipped", summary.badRows())
                .bind("assumptions", Json.of(copy.assumptions()))
                .bind("key", key)
                .execute();
    }
}
