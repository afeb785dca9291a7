package dev.halftone.adapters.http.webhook;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.DeliveryJson;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.WebhookProblems;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.Outbox;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.job.JobId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/// What webhooks were told, with every attempt, and telling it again.
public final class DeliveryRoutes {
    private static final int USUAL = 50;

    private final WebhookParts parts;

    public DeliveryRoutes(WebhookParts parts) {
        this.parts = parts;
    }

    public void addTo(RoutesConfig routes) {
        Routing routing = new Routing(routes);
        routing.get("/api/batches/{id}/deliveries", this::ofBatch);
        routing.get("/api/jobs/{id}/deliveries", this::ofJob);
        routing.get("/api/deliveries/{id}", this::show);
        routing.post("/api/deliveries/{id}/replay", this::replay);
    }

    private void ofBatch(Context ctx) {
        BatchId batch = BatchId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchBatch);
        if (parts.batches().find(Callers.owner(ctx), batch).isEmpty()) {
            throw Problems.noSuchBatch();
        }
        page(ctx, (after, limit) -> parts.outbox().ofBatch(Callers.owner(ctx), batch, after, limit));
    }

    private void ofJob(Context ctx) {
        JobId job = JobId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchJob);
        if (parts.jobs().find(Callers.owner(ctx), job).isEmpty()) {
            throw Problems.noSuchJob();
        }
        page(ctx, (after, limit) -> parts.outbox().ofJob(Callers.owner(ctx), job, after, limit));
    }

    private interface Pages {
        List<Delivery> after(Optional<PublicId> last, int limit);
    }

    private void page(Context ctx, Pages pages) {
        Parameters parameters = new Parameters(ctx);
        int limit = parameters.limit(USUAL, Outbox.PAGE - 1);
        Optional<PublicId> cursor = parameters.word("cursor", PublicId::parse, "is the nextCursor of another answer");
        List<Delivery> found = pages.after(cursor, limit + 1);
        List<Delivery> page = found.subList(0, Math.min(limit, found.size()));
        answer(
                ctx,
                new DeliveryJson.Page(
                        page.stream()
                                .map(delivery -> DeliveryJson.of(delivery, parts.links()))
                                .toList(),
                        found.size() > limit ? page.getLast().id().toString() : null));
    }

    private void show(Context ctx) {
        answer(
                ctx,
                DeliveryJson.of(
                        parts.outbox().find(Callers.owner(ctx), id(ctx)).orElseThrow(WebhookProblems::noSuchDelivery),
                        parts.links()));
    }

    private void replay(Context ctx) {
        switch (parts.outbox().replay(Callers.owner(ctx), id(ctx), new Parameters(ctx).flag("enable"))) {
            case Outbox.Replay.Sending sending -> {
                ctx.status(202);
                answer(ctx, DeliveryJson.of(sending.delivery(), parts.links()));
            }
            case Outbox.Replay.Disabled disabled -> throw WebhookProblems.disabled(disabled.delivery());
            case Outbox.Replay.Unknown unknown -> throw WebhookProblems.noSuchDelivery();
        }
    }

    /// @throws Refusal 404
    private static PublicId id(Context ctx) {
        return PublicId.parse(ctx.pathParam("id")).orElseThrow(WebhookProblems::noSuchDelivery);
    }

    static void answer(Context ctx, Object shape) {
        ctx.contentType("application/json; charset=utf-8").result(Json.bytes(shape));
    }
}
