package dev.halftone.adapters.http;

import dev.halftone.adapters.http.problem.Problems;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Whether the process runs, and whether it can do its work.
final class HealthRoutes {
    private final Supplier<List<String>> missing;

    /// @param missing what the service waits for, in words; empty when it is ready
    HealthRoutes(Supplier<List<String>> missing) {
        this.missing = missing;
    }

    void addTo(Routing routing) {
        routing.get("/health/live", ctx -> Submission.json(ctx, Map.of("status", "live")));
        routing.get("/health/ready", this::ready);
    }

    private void ready(Context ctx) {
        List<String> waitingFor = missing.get();
        if (!waitingFor.isEmpty()) {
            throw Problems.notReady(waitingFor);
        }
        Submission.json(ctx, Map.of("status", "ready"));
    }
}
