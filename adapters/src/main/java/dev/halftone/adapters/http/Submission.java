package dev.halftone.adapters.http;

import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.AcceptedJson;
import dev.halftone.adapters.http.json.CheckedJson;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.request.CsvForm;
import dev.halftone.adapters.http.request.CsvUpload;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.manifest.ManifestRefused;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/// Takes a CSV from a request to the use case; what comes back is a batch, or what a dry run found. Anything
/// else ends the request with its problem.
final class Submission {
    private final SubmitBatch submitBatch;
    private final Links links;

    Submission(SubmitBatch submitBatch, Links links) {
        this.submitBatch = submitBatch;
        this.links = links;
    }

    /// What a request led to.
    sealed interface Outcome {
        record Taken(SubmitBatch.Result.Accepted accepted) implements Outcome {}

        record Found(CheckedJson checked) implements Outcome {}
    }

    /// @throws Refusal when nothing was stored and that was not asked for
    Outcome from(Context ctx, CsvForm form) throws IOException {
        Optional<String> key = CsvUpload.idempotencyKey(ctx);
        try (CsvUpload upload = CsvUpload.read(ctx, form)) {
            BatchOptions options = switch (OptionsReader.read(upload.options())) {
                case OptionsReader.Result.Good good -> good.options();
                case OptionsReader.Result.Bad bad -> throw Problems.of(bad);
            };
            return outcome(
                    submitBatch.submit(
                            Callers.of(ctx), upload.csv(), options, options.dryRun() ? Optional.empty() : key),
                    options);
        }
    }

    private static Outcome outcome(SubmitBatch.Result result, BatchOptions options) {
        return switch (result) {
            case SubmitBatch.Result.Accepted accepted -> new Outcome.Taken(accepted);
            case SubmitBatch.Result.Checked checked ->
                new Outcome.Found(CheckedJson.of(checked, options.onInvalidRows()));
            case SubmitBatch.Result.Rejected rejected -> throw Problems.of(rejected);
            case SubmitBatch.Result.KeyReused reused -> throw Problems.of(reused);
            case SubmitBatch.Result.Refused refused -> found(refused.why(), options);
        };
    }

    /// A dry run tells of an unusable file as of any other finding; only an upload that was cut off at the
    /// limit was not looked at.
    private static Outcome found(ManifestRefused why, BatchOptions options) {
        if (!options.dryRun() || why.reason() == ManifestRefused.Reason.TOO_MANY_BYTES) {
            throw Problems.of(why);
        }
        return new Outcome.Found(CheckedJson.of(why));
    }

    /// Answers in the API's own shape.
    void answer(Context ctx, Outcome outcome) {
        switch (outcome) {
            case Outcome.Taken(SubmitBatch.Result.Accepted accepted) -> {
                mark(ctx, accepted);
                json(ctx.status(202), AcceptedJson.of(accepted, links));
            }
            case Outcome.Found(CheckedJson checked) -> json(ctx, checked);
        }
    }

    /// What every answer to a taken CSV says in its headers.
    void mark(Context ctx, SubmitBatch.Result.Accepted accepted) {
        ctx.header("Location", links.batch(accepted.batch().id()));
        if (accepted.replayed()) {
            ctx.header("Idempotent-Replayed", "true");
        }
    }

    static void json(Context ctx, Object shape) {
        ctx.contentType("application/json; charset=utf-8").result(Json.bytes(shape));
    }
}
