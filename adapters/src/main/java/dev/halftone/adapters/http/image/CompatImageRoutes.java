package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.CompatImageJson;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.ImageIntake;
import dev.halftone.adapters.http.request.JsonBody;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.ProcessImage;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.storage.StoredObject;
import dev.halftone.domain.variant.Variant;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Addresses and answers that users of similar image services know, over the same use cases.
final class CompatImageRoutes {
    private static final List<String> NAMES = List.of("imageId", "operations", "async", "webhookUrl");

    private final ImageParts parts;
    private final ImageRoutes images;
    private final ProcessRoutes process;
    private final ImageIntake intake;

    CompatImageRoutes(ImageParts parts, ImageRoutes images, ProcessRoutes process, ImageIntake intake) {
        this.parts = parts;
        this.images = images;
        this.process = process;
        this.intake = intake;
    }

    void addTo(Routing routing) {
        routing.post("/process", this::process);
        routing.get("/download/{id}", this::download);
    }

    /// `POST /upload` with an image.
    void upload(Context ctx) throws IOException, InterruptedException {
        intake.take(ctx, upload -> {
            Asset asset = images.uploaded(ctx, upload);
            ctx.status(201).header("Location", parts.links().image(asset.id()));
            Answers.json(
                    ctx,
                    new CompatImageJson.Uploaded(
                            asset.id().toString(), parts.links().shown(asset.id())));
        });
    }

    private void process(Context ctx) throws IOException, InterruptedException {
        boolean later = new Parameters(ctx).flag("async");
        JsonBody body = JsonBody.read(ctx, NAMES);
        AssetId id = body.text("imageId")
                .flatMap(AssetId::parse)
                .orElseThrow(() -> RequestProblems.badField("imageId", "invalid_field", "is the id of an image"));
        switch (process.run(ctx, id, body, later || body.flag("async"))) {
            case ProcessImage.Result.Made made ->
                Answers.json(
                        ctx,
                        new CompatImageJson.Made(
                                parts.address().apply(made.variant().key())));
            case ProcessImage.Result.Queued queued -> {
                ctx.status(202)
                        .header("Location", parts.links().job(queued.job().id()));
                Answers.json(
                        ctx,
                        new CompatImageJson.Queued(
                                queued.job().id().toString(),
                                queued.webhookSecret().map(WebhookSecret::text).orElse(null)));
            }
            case ProcessImage.Result.NoSuchImage none -> throw Problems.noSuchImage();
            case ProcessImage.Result.NoSuchMark mark -> throw ProcessRoutes.noSuchMark(mark);
        }
    }

    private void download(Context ctx) throws IOException, InterruptedException {
        Optional<Job> job =
                JobId.parse(ctx.pathParam("id")).flatMap(id -> parts.jobs().find(Callers.owner(ctx), id));
        if (job.isPresent()) {
            Variant result = job.get().result().orElseThrow(() -> RequestProblems.notDone(job.get()));
            variant(ctx, result);
        } else {
            original(ctx, AssetId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchImage));
        }
    }

    private void variant(Context ctx, Variant variant) throws IOException {
        try (StoredObject object = parts.objects()
                .open(variant.key())
                .orElseThrow(() ->
                        HalftoneException.of(FailureCode.STORAGE_UNAVAILABLE, "the result's bytes can't be read"))) {
            Answers.image(ctx, variant.format(), object.content().readAllBytes());
        }
    }

    /// Metadata that could identify a person does not leave unless asked for.
    private void original(Context ctx, AssetId id) throws InterruptedException {
        MetadataPolicy policy = new Parameters(ctx)
                .word("metadata", MetadataPolicy::ofWire, "is one of strip, copyright or keep")
                .orElse(MetadataPolicy.STRIP);
        DescribeImage.Described found =
                parts.describe().describe(Callers.owner(ctx), id).orElseThrow(Problems::noSuchImage);
        SourceImage source = parts.open().open(id).orElseThrow(Problems::noSuchImage);
        byte[] bytes = policy == MetadataPolicy.KEEP
                ? source.bytes()
                : parts.originals().keep(source, found.asset().size(), policy).bytes();
        Answers.image(ctx, source.format(), bytes);
    }
}
