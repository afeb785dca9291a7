package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.ImageJson;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.ImageIntake;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.image.PerceptualHash;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/// Images under `/api/images`: upload, describe, delete, find what looks alike.
final class ImageRoutes {
    private static final int USUAL_DISTANCE = 10;
    private static final int USUAL_LIMIT = 20;
    private static final int MOST_FOUND = 100;

    private final ImageParts parts;
    private final ImageIntake intake;

    ImageRoutes(ImageParts parts, ImageIntake intake) {
        this.parts = parts;
        this.intake = intake;
    }

    void addTo(Routing routing) {
        routing.post("/api/images", this::create);
        routing.get("/api/images/{id}", this::show);
        routing.delete("/api/images/{id}", this::delete);
        routing.get("/api/images/{id}/similar", this::similar);
    }

    private void create(Context ctx) throws IOException, InterruptedException {
        intake.take(ctx, upload -> {
            Asset asset = uploaded(ctx, upload);
            ctx.status(201).header("Location", parts.links().image(asset.id()));
            Answers.json(ctx, ImageJson.Uploaded.of(asset, parts.links()));
        });
    }

    /// @throws Refusal 400 where there is no image
    Asset uploaded(Context ctx, ImageIntake.Upload upload) throws InterruptedException {
        return parts.upload().upload(Callers.of(ctx), upload.bytes().orElseThrow(ImageRoutes::missing));
    }

    static Refusal missing() {
        return RequestProblems.badField(
                "file", "missing_file", "send an image as the body, or in the part \"file\" of a multipart form");
    }

    private void show(Context ctx) throws InterruptedException {
        boolean personal = new Parameters(ctx).flag("gps");
        DescribeImage.Described found = described(ctx);
        Answers.tagged(ctx, ImageJson.of(found.asset(), found.facts(), personal, parts.links()));
    }

    private void delete(Context ctx) {
        if (!parts.delete().delete(Callers.owner(ctx), id(ctx))) {
            throw Problems.noSuchImage();
        }
        ctx.status(204);
    }

    private void similar(Context ctx) throws InterruptedException {
        Parameters parameters = new Parameters(ctx);
        int distance = parameters.number("distance", 0, 64).orElse(USUAL_DISTANCE);
        int limit = parameters.limit(USUAL_LIMIT, MOST_FOUND);
        DescribeImage.Described found = described(ctx);
        PerceptualHash hash =
                found.facts().look().orElseThrow(RequestProblems::notComparable).hash();
        List<ImageJson.Similar.Near> near =
                parts.facts().similar(Callers.owner(ctx), hash, found.asset().id(), distance, limit).stream()
                        .map(similar -> ImageJson.Similar.Near.of(similar, parts.links()))
                        .toList();
        Answers.json(ctx, new ImageJson.Similar(found.asset().id().toString(), hash.wire(), distance, near));
    }

    private DescribeImage.Described described(Context ctx) throws InterruptedException {
        return parts.describe().describe(Callers.owner(ctx), id(ctx)).orElseThrow(Problems::noSuchImage);
    }

    /// @throws Refusal 404 for what can't be an id just as for one that nobody has
    static AssetId id(Context ctx) {
        return AssetId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchImage);
    }
}
