package dev.halftone.adapters.http;

import dev.halftone.adapters.http.image.ImageApi;
import dev.halftone.adapters.http.json.CheckedJson;
import dev.halftone.adapters.http.json.CompatJson;
import dev.halftone.adapters.http.request.CsvForm;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.manifest.OutputStyle;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// Addresses and answers that users of similar services know, over the same use cases. A dry run and every
/// problem are answered as on the main routes.
final class CompatRoutes {
    private final BatchStore batches;
    private final Submission submission;
    private final OutputRoutes outputs;
    private final CsvForm form;
    private final long largest;
    private final Optional<ImageApi> images;

    /// @param images takes what is no CSV
    CompatRoutes(
            HalftoneServer.Parts parts,
            Submission submission,
            OutputRoutes outputs,
            CsvForm.Bounds bounds,
            Optional<ImageApi> images) {
        this.batches = parts.batches();
        this.submission = submission;
        this.outputs = outputs;
        this.form = CsvForm.compat(bounds);
        this.largest = bounds.maxBytes();
        this.images = images;
    }

    void addTo(Routing routing) {
        routing.post("/upload", this::upload);
        routing.get("/status/{id}", ctx -> Submission.json(ctx, CompatJson.Status.of(batch(ctx))));
        routing.get("/csv/{id}", ctx -> outputs.csv(ctx, BatchRoutes.id(ctx)));

        routing.post("/processImages", ctx -> submit(ctx, 201, CompatRoutes::id));
        routing.get("/checkStatus/{id}", ctx -> outputs.csv(ctx, BatchRoutes.id(ctx), new OutputStyle(true, false)));

        routing.post("/api/upload", ctx -> submit(ctx, 202, CompatRoutes::id));
        routing.get("/api/status/{id}", ctx -> Submission.json(ctx, CompatJson.Word.of(batch(ctx))));
    }

    /// What it is, its content tells.
    private void upload(Context ctx) throws IOException, InterruptedException {
        if (images.isPresent() && images.get().isImage(ctx, largest)) {
            images.get().upload(ctx);
        } else {
            submit(ctx, 202, CompatRoutes::taken);
        }
    }

    private void submit(Context ctx, int status, Function<Batch, CompatJson> shape) throws IOException {
        switch (submission.from(ctx, form)) {
            case Submission.Outcome.Taken(SubmitBatch.Result.Accepted accepted) -> {
                submission.mark(ctx, accepted);
                Submission.json(ctx.status(status), shape.apply(accepted.batch()));
            }
            case Submission.Outcome.Found(CheckedJson checked) -> Submission.json(ctx, checked);
        }
    }

    private static CompatJson taken(Batch batch) {
        return new CompatJson.Taken(
                batch.id().toString(),
                "Accepted: %d products with %d images are being processed."
                        .formatted(batch.products(), batch.progress().total()));
    }

    private static CompatJson id(Batch batch) {
        return new CompatJson.Id(batch.id().toString());
    }

    private Batch batch(Context ctx) {
        return BatchRoutes.find(ctx, batches, BatchRoutes.id(ctx));
    }
}
