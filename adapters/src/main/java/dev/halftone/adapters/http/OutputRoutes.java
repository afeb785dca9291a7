package dev.halftone.adapters.http;

import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.ItemJson;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.ResultCursor;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.storage.ObjectStore;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// A batch's results as files. They stream, and are not compressed on the way: a failure before the first bytes
/// have left can still be answered as one.
final class OutputRoutes {
    private final BatchStore batches;
    private final ObjectStore objects;
    private final ExportBatch exportBatch;

    OutputRoutes(HalftoneServer.Parts parts) {
        this.batches = parts.batches();
        this.objects = parts.objects();
        this.exportBatch = parts.exportBatch();
    }

    void addTo(Routing routing) {
        routing.get("/api/batches/{id}/output.csv", ctx -> csv(ctx, BatchRoutes.id(ctx)));
        routing.get("/api/batches/{id}/output.ndjson", this::ndjson);
    }

    /// The CSV in the style that the query asks for.
    void csv(Context ctx, BatchId id) throws IOException {
        Parameters parameters = new Parameters(ctx);
        csv(ctx, id, new OutputStyle(parameters.flag("details"), parameters.flag("raw")));
    }

    void csv(Context ctx, BatchId id, OutputStyle style) throws IOException {
        Batch batch = BatchRoutes.find(ctx, batches, id);
        if (begin(ctx, batch, "csv", "text/csv; charset=utf-8")) {
            exportBatch.write(Callers.owner(ctx), id, style, ctx.res().getOutputStream());
        }
    }

    private void ndjson(Context ctx) throws IOException {
        Batch batch = BatchRoutes.find(ctx, batches, BatchRoutes.id(ctx));
        if (!begin(ctx, batch, "ndjson", "application/x-ndjson; charset=utf-8")) {
            return;
        }
        OutputStream out = new BufferedOutputStream(ctx.res().getOutputStream(), 1 << 15);
        try (ResultCursor results = batches.results(Callers.owner(ctx), batch.id())) {
            for (Optional<ItemView> item = results.next(); item.isPresent(); item = results.next()) {
                out.write(Json.bytes(
                        ItemJson.of(item.get(), key -> objects.publicUrl(key).toString())));
                out.write('\n');
            }
            out.flush();
        }
    }

    /// Writes the headers; says whether a body is to follow.
    private static boolean begin(Context ctx, Batch batch, String extension, String contentType) {
        ctx.contentType(contentType);
        ctx.header("Content-Disposition", "attachment; filename=\"" + fileName(batch) + "-output." + extension + "\"");
        return !ctx.req().getMethod().equals("HEAD");
    }

    private static String fileName(Batch batch) {
        String name = batch.options().name().orElse("").replaceAll("[^A-Za-z0-9._-]+", "-");
        String stem = name.replaceAll("^[.-]+|-+$", "");
        return stem.isEmpty() ? batch.id().toString() : stem;
    }
}
