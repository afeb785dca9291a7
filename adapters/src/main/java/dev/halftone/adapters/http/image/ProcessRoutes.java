package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.JobAcceptedJson;
import dev.halftone.adapters.http.json.VariantJson;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.JsonBody;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.job.ProcessImage;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineReader;
import dev.halftone.domain.source.SourceUrl;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `POST /api/images/{id}/process`: a pipeline over an image, at once or as a job.
final class ProcessRoutes {
    private static final List<String> NAMES = List.of("operations", "async", "webhookUrl");

    private final ImageParts parts;

    ProcessRoutes(ImageParts parts) {
        this.parts = parts;
    }

    void addTo(Routing routing) {
        routing.post("/api/images/{id}/process", this::process);
    }

    private void process(Context ctx) throws IOException, InterruptedException {
        AssetId id = ImageRoutes.id(ctx);
        boolean later = new Parameters(ctx).flag("async");
        JsonBody body = JsonBody.read(ctx, NAMES);
        switch (run(ctx, id, body, later || body.flag("async"))) {
            case ProcessImage.Result.Made made -> Answers.json(ctx, VariantJson.of(made.variant(), parts.address()));
            case ProcessImage.Result.Queued queued -> {
                ctx.status(202)
                        .header("Location", parts.links().job(queued.job().id()));
                Answers.json(ctx, JobAcceptedJson.of(queued, parts.links()));
            }
            case ProcessImage.Result.NoSuchImage none -> throw Problems.noSuchImage();
            case ProcessImage.Result.NoSuchMark mark -> throw noSuchMark(mark);
        }
    }

    /// @param body with `operations` and perhaps `webhookUrl`
    /// @throws Refusal 400 with every mistake of the pipeline
    ProcessImage.Result run(Context ctx, AssetId id, JsonBody body, boolean later) throws InterruptedException {
        Pipeline pipeline = pipeline(body.any("operations").orElse(List.of()));
        return parts.process().process(Callers.owner(ctx), id, pipeline, later, webhook(body));
    }

    static Pipeline pipeline(Object operations) {
        return switch (PipelineReader.read(operations)) {
            case PipelineReader.Result.Good good -> good.pipeline();
            case PipelineReader.Result.Bad bad -> throw Problems.of(bad);
        };
    }

    static Refusal noSuchMark(ProcessImage.Result.NoSuchMark mark) {
        return RequestProblems.noSuchThing("imageId", "there is no image " + mark.id() + " to lay on this one");
    }

    private static Optional<SourceUrl> webhook(JsonBody body) {
        return body.text("webhookUrl").filter(text -> !text.isBlank()).map(text -> switch (SourceUrl.parse(text)) {
            case SourceUrl.Parsed.Valid valid -> valid.url();
            case SourceUrl.Parsed.Invalid invalid ->
                throw RequestProblems.badField(
                        "webhookUrl", "invalid_field", "is no usable address: " + invalid.reason());
        });
    }
}
