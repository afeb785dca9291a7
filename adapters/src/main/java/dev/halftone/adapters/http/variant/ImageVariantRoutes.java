package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.problem.VariantProblems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.variant.cached.CachedVariant;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/// Uploaded images by URL, and the purge of what was made from them.
public final class ImageVariantRoutes {
    private final VariantParts parts;
    private final Optional<Handler> page;
    private final AskedTransform asked;
    private final VariantAnswer answer;

    /// @param page the image's page, for a browser that goes to the bare address; the original without one
    public ImageVariantRoutes(VariantParts parts, Optional<Handler> page) {
        this.parts = parts;
        this.page = page;
        this.asked = new AskedTransform(parts);
        this.answer = new VariantAnswer(parts);
    }

    public void addTo(RoutesConfig routes) {
        routes.get("/images/{id}", this::image);
        routes.head("/images/{id}", this::image);
        routes.delete("/api/images/{id}/variants", this::purge);
    }

    private void image(Context ctx) throws Exception {
        AcceptHeader accept = AcceptHeader.of(ctx.header("Accept"));
        boolean bare = ctx.queryString() == null || ctx.queryString().isEmpty();
        if (bare && page.isPresent()) {
            ctx.header("Vary", "Accept");
            if (accept.prefers("text/html", "image/jpeg")) {
                page.get().handle(ctx);
                return;
            }
        }
        TransformQuery query = asked.read(ctx);
        Asset asset = AssetId.parse(ctx.pathParam("id"))
                .flatMap(parts.assets()::find)
                .orElseThrow(VariantProblems::noSuchImage);
        CachedVariant made = parts.assets().of(asset, asked.settled(ctx, query, asset.format()));
        answer.send(ctx, made, query, !query.named());
    }

    /// @param purged how many variants were forgotten
    private record PurgedJson(String imageId, int purged) {}

    private void purge(Context ctx) {
        AssetId id = AssetId.parse(ctx.pathParam("id")).orElseThrow(VariantProblems::noSuchImage);
        boolean known = parts.assets().find(id).isPresent();
        int purged = parts.assets().purge(id);
        if (!known && purged == 0) {
            throw VariantProblems.noSuchImage();
        }
        ctx.contentType("application/json; charset=utf-8").result(Json.bytes(new PurgedJson(id.toString(), purged)));
    }
}
