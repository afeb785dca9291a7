package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.JobJson;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import io.javalin.http.Context;

/// Jobs under `/api/jobs`.
final class JobRoutes {
    private final ImageParts parts;

    JobRoutes(ImageParts parts) {
        this.parts = parts;
    }

    void addTo(Routing routing) {
        routing.get("/api/jobs/{id}", this::show);
        routing.get("/jobs/{id}", this::show);
    }

    private void show(Context ctx) {
        Answers.tagged(ctx, JobJson.of(find(ctx, parts, id(ctx)), parts.links(), parts.address()));
    }

    /// @throws Refusal 404
    static JobId id(Context ctx) {
        return JobId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchJob);
    }

    /// @throws Refusal 404
    static Job find(Context ctx, ImageParts parts, JobId id) {
        return parts.jobs().find(Callers.owner(ctx), id).orElseThrow(Problems::noSuchJob);
    }
}
