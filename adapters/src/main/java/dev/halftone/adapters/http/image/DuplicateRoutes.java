package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.DuplicatesJson;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.duplicate.DuplicateGroups;
import dev.halftone.domain.duplicate.LookStore;
import dev.halftone.domain.duplicate.SeenItem;
import dev.halftone.domain.storage.ObjectStore;
import io.javalin.http.Context;
import java.util.List;

/// `GET /api/batches/{id}/duplicates`: images of a batch that are nearly the same picture, of what is done so
/// far.
final class DuplicateRoutes {
    private static final int USUAL_DISTANCE = 4;
    private static final int MOST_COMPARED = 100_000;

    private final BatchStore batches;
    private final LookStore looks;
    private final ObjectStore objects;

    DuplicateRoutes(BatchStore batches, LookStore looks, ObjectStore objects) {
        this.batches = batches;
        this.looks = looks;
        this.objects = objects;
    }

    void addTo(Routing routing) {
        routing.get("/api/batches/{id}/duplicates", this::show);
    }

    private void show(Context ctx) {
        int distance = new Parameters(ctx)
                .number("distance", 0, DuplicateGroups.FARTHEST)
                .orElse(USUAL_DISTANCE);
        Batch batch = BatchId.parse(ctx.pathParam("id"))
                .flatMap(id -> batches.find(Callers.owner(ctx), id))
                .orElseThrow(Problems::noSuchBatch);
        if (!batch.options().duplicates()) {
            throw RequestProblems.notCompared();
        }
        List<SeenItem> seen = looks.seen(Callers.owner(ctx), batch.id(), MOST_COMPARED + 1);
        List<SeenItem> compared = seen.subList(0, Math.min(MOST_COMPARED, seen.size()));
        List<DuplicatesJson.Group> groups = DuplicateGroups.of(compared, distance).stream()
                .map(group -> DuplicatesJson.Group.of(
                        group, key -> objects.publicUrl(key).toString()))
                .toList();
        Answers.json(
                ctx,
                new DuplicatesJson(
                        batch.id().toString(),
                        batch.state().wire(),
                        compared.size(),
                        seen.size() > compared.size(),
                        distance,
                        groups));
    }
}
