package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.variant.cached.CachedVariant;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/// Uploaded images by URL, and the purge of what was made from them.
public final class ImageVariantRoutes {
    private final VariantParts parts;
    private final Optional<ImagePageRoutes> page;
    private final AskedTransform asked;
    private final VariantAnswer answer;

    /// @param page the image's page, for its owner's browser at the bare address; the original without one
    public ImageVariantRoutes(VariantParts parts, Optional<ImagePageRoutes> page) {
        this.parts = parts;
        this.page = page;
        this.asked = new AskedTransform(parts);
        this.answer = new VariantAnswer(parts);
    }

    public void addTo(RoutesConfig routes) {
        Routing routing = new Routing(routes);
        routing.get("/images/{id}", this::image);
        routing.delete("/api/images/{id}/variants", this::purge);
    }

    private void image(Context ctx) throws Exception {
        AcceptHeader accept = AcceptHeader.of(ctx.header("Accept"));
        boolean bare = ctx.queryString() == null || ctx.queryString().isEmpty();
        if (bare && page.isPresent()) {
            ctx.header("Vary", Callers.matter(ctx) ? "Accept, Cookie" : "Accept");
            if (accept.prefers("text/html", "image/jpeg") && isShown(ctx, page.get())) {
                return;
            }
        }
        TransformQuery query = asked.read(ctx);
        Asset asset =
                AssetId.parse(ctx.pathParam("id")).flatMap(parts.assets()::find).orElseThrow(Problems::noSuchImage);
        CachedVariant made = parts.assets().of(asset, asked.settled(ctx, query, asset.format()));
        answer.send(ctx, made, query, !query.named());
    }

    /// The page is its owner's; to anybody else the address is that of a picture.
    private boolean isShown(Context ctx, ImagePageRoutes page) throws InterruptedException {
        Optional<Owner> visitor = Callers.visitor(ctx);
        boolean own = visitor.isPresent()
                && (!Callers.matter(ctx)
                        || AssetId.parse(ctx.pathParam("id"))
                                .filter(id -> parts.assets().isOf(visitor.get(), id))
                                .isPresent());
        if (own) {
            page.show(ctx, visitor.get());
        }
        return own;
    }

    /// @param purged how many variants were forgotten
    private record PurgedJson(String imageId, int purged) {}

    private void purge(Context ctx) {
        AssetId id = AssetId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchImage);
        if (!parts.assets().isOf(Callers.owner(ctx), id)) {
            throw Problems.noSuchImage();
        }
        int purged = parts.assets().purge(id);
        ctx.contentType("application/json; charset=utf-8").result(Json.bytes(new PurgedJson(id.toString(), purged)));
    }
}
