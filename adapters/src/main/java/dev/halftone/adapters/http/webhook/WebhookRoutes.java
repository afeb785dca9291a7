package dev.halftone.adapters.http.webhook;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.EndpointJson;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.WebhookProblems;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.event.endpoint.Webhook;
import dev.halftone.domain.event.endpoint.WebhookStore;
import dev.halftone.domain.identity.PublicId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/// The endpoints that are told of events: how they fare, their secrets, and enabling them again.
public final class WebhookRoutes {
    private static final int USUAL = 50;

    private final WebhookParts parts;

    public WebhookRoutes(WebhookParts parts) {
        this.parts = parts;
    }

    public void addTo(RoutesConfig routes) {
        Routing routing = new Routing(routes);
        routing.get("/api/webhooks", this::list);
        routing.get("/api/webhooks/{id}", this::show);
        routing.post("/api/webhooks/{id}/enable", this::enable);
        routing.post("/api/webhooks/{id}/rotate", this::rotate);
    }

    private void list(Context ctx) {
        Parameters parameters = new Parameters(ctx);
        int limit = parameters.limit(USUAL, WebhookStore.PAGE - 1);
        Optional<Boolean> disabled = parameters.word("status", WebhookRoutes::isDisabled, "is active or disabled");
        Optional<PublicId> cursor = parameters.word("cursor", PublicId::parse, "is the nextCursor of another answer");
        List<Webhook> found = parts.webhooks().list(Callers.owner(ctx), disabled, cursor, limit + 1);
        List<Webhook> page = found.subList(0, Math.min(limit, found.size()));
        DeliveryRoutes.answer(
                ctx,
                new EndpointJson.Page(
                        page.stream()
                                .map(webhook -> EndpointJson.of(webhook, parts.links()))
                                .toList(),
                        found.size() > limit ? page.getLast().id().toString() : null));
    }

    private static Optional<Boolean> isDisabled(String status) {
        return switch (status) {
            case "active" -> Optional.of(false);
            case "disabled" -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    private void show(Context ctx) {
        answer(ctx, parts.webhooks().find(Callers.owner(ctx), id(ctx)));
    }

    private void enable(Context ctx) {
        answer(ctx, parts.webhooks().enable(Callers.owner(ctx), id(ctx)));
    }

    private void answer(Context ctx, Optional<Webhook> webhook) {
        DeliveryRoutes.answer(
                ctx, EndpointJson.of(webhook.orElseThrow(WebhookProblems::noSuchEndpoint), parts.links()));
    }

    private void rotate(Context ctx) {
        boolean keepOld = new Parameters(ctx)
                .word("keepOld", WebhookRoutes::truth, "is true or false")
                .orElse(true);
        WebhookSecret fresh = WebhookSecret.random(parts.random());
        switch (parts.webhooks().rotate(Callers.owner(ctx), id(ctx), fresh, keepOld)) {
            case WebhookStore.Rotation.Rotated rotated -> {
                ctx.header("Cache-Control", "no-store");
                DeliveryRoutes.answer(ctx, EndpointJson.Rotated.of(rotated.webhook(), fresh, parts.links()));
            }
            case WebhookStore.Rotation.TooMany tooMany -> throw WebhookProblems.tooManyRotations();
            case WebhookStore.Rotation.Unknown unknown -> throw WebhookProblems.noSuchEndpoint();
        }
    }

    private static Optional<Boolean> truth(String word) {
        return switch (word) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /// @throws Refusal 404
    private static PublicId id(Context ctx) {
        return PublicId.parse(ctx.pathParam("id")).orElseThrow(WebhookProblems::noSuchEndpoint);
    }
}
