package dev.halftone.adapters.http;

import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.problem.Problems;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Whether the process runs, and whether it can do its work.
final class HealthRoutes {
    private final Supplier<Readiness> readiness;

    HealthRoutes(Supplier<Readiness> readiness) {
        this.readiness = readiness;
    }

    void addTo(Routing routing) {
        routing.get("/health/live", ctx -> Submission.json(ctx, Map.of("status", "live")));
        routing.get("/health/ready", this::ready);
    }

    private void ready(Context ctx) {
        Readiness now = readiness.get();
        if (!now.missing().isEmpty()) {
            throw Problems.notReady(now.missing());
        }
        Map<String, String> answer = new LinkedHashMap<>(Map.of("status", "ready"));
        now.lastPoll().ifPresent(at -> answer.put("lastPoll", Json.instant(at)));
        Submission.json(ctx, answer);
    }
}
