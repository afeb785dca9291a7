package dev.halftone.adapters.http.control;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.BatchJson;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.json.PurgedJson;
import dev.halftone.adapters.http.json.RetryJson;
import dev.halftone.adapters.http.problem.ControlProblems;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.request.JsonBody;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchControl.Resumed;
import dev.halftone.domain.batch.BatchControl.Stopped;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.PurgeOld;
import dev.halftone.domain.batch.Retention;
import dev.halftone.domain.failure.FailureCode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops a batch, has its failed images tried again, or deletes it, whatever runs of it.
public final class ControlRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRoutes.class);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ControlParts parts;

    public ControlRoutes(ControlParts parts) {
        this.parts = parts;
    }

    public void addTo(RoutesConfig routes) {
        Routing routing = new Routing(routes);
        routing.post("/api/batches/{id}/cancel", this::cancel);
        routing.post("/api/batches/{id}/retry", this::retry);
        routing.delete("/api/batches/{id}", ctx -> {
            delete(Callers.owner(ctx), id(ctx));
            ctx.status(204);
        });
        routing.post("/api/batches/purge", this::purgeOld);
        routing.post("/batches/{id}/cancel", this::cancelled);
        routing.post("/batches/{id}/retry", this::retried);
        routing.post("/batches/{id}/delete", this::deleted);
    }

    private void cancel(Context ctx) {
        switch (parts.control().cancel(Callers.owner(ctx), id(ctx))) {
            case Stopped.Stopping(Batch batch) -> status(ctx, batch);
            case Stopped.Over(Batch batch) -> throw ControlProblems.over(batch);
            case Stopped.Unknown unknown -> throw Problems.noSuchBatch();
        }
    }

    private void status(Context ctx, Batch batch) {
        answer(ctx, BatchJson.of(batch, parts.links(), parts.clock().instant()));
    }

    private static void answer(Context ctx, Object shape) {
        ctx.status(202).contentType("application/json; charset=utf-8").result(Json.bytes(shape));
    }

    private void retry(Context ctx) throws IOException {
        switch (parts.control().retry(Callers.owner(ctx), id(ctx), codes(ctx))) {
            case Resumed.Going(Batch batch, long items) ->
                answer(
                        ctx,
                        new RetryJson(
                                items,
                                BatchJson.of(batch, parts.links(), parts.clock().instant())));
            case Resumed.Cancelled(Batch batch) -> throw ControlProblems.cancelled(batch);
            case Resumed.Unknown unknown -> throw Problems.noSuchBatch();
        }
    }

    /// Without a body, all.
    private static Set<FailureCode> codes(Context ctx) throws IOException {
        Set<FailureCode> codes = EnumSet.noneOf(FailureCode.class);
        if (ctx.req().getContentLengthLong() == 0 || ctx.contentType() == null) {
            return codes;
        }
        Object given = JsonBody.read(ctx, List.of("codes")).any("codes").orElse(List.of());
        if (!(given instanceof List<?> list)) {
            throw ControlProblems.badCodes(known());
        }
        for (Object each : list) {
            codes.add(FailureCode.ofWire(String.valueOf(each)).orElseThrow(() -> ControlProblems.badCodes(known())));
        }
        return codes;
    }

    private static String known() {
        return Arrays.stream(FailureCode.values()).map(FailureCode::wire).collect(Collectors.joining(", "));
    }

    /// Unknown at once; its outputs go in the background, and after a restart the housekeeping goes on with
    /// them.
    private void delete(Owner owner, BatchId id) {
        if (!parts.control().bury(owner, id)) {
            throw Problems.noSuchBatch();
        }
        Thread.ofVirtual().name("purge-" + id).start(() -> purge(id));
    }

    /// Deletes what ended long ago. Objects go for as long as a client waits with patience, then in the background.
    private void purgeOld(Context ctx) throws IOException {
        JsonBody body = JsonBody.read(ctx, List.of("olderThan", "dryRun"));
        Duration age = body.text("olderThan")
                .flatMap(Retention::parse)
                .filter(time -> !time.isForGood())
                .map(Retention::time)
                .orElseThrow(ControlProblems::badAge);
        boolean dryRun = body.flag("dryRun");
        Optional<Owner> mine = Optional.of(Callers.owner(ctx));
        PurgeOld.Purged purged =
                dryRun ? parts.purgeOld().wouldGo(mine, age) : parts.purgeOld().finishedBefore(mine, age, PATIENCE);
        if (!dryRun && purged.batches() > 0) {
            LOG.info("{} batches older than {} were purged with {} objects", purged.batches(), age, purged.objects());
        }
        ctx.status(purged.deleting() > 0 ? 202 : 200)
                .contentType("application/json; charset=utf-8")
                .result(Json.bytes(PurgedJson.of(purged, dryRun)));
    }

    /// The forms of a batch's page. What ended in between needs no word: the page shows it.
    private void cancelled(Context ctx) {
        if (parts.control().cancel(Callers.owner(ctx), id(ctx)) instanceof Stopped.Unknown) {
            throw Problems.noSuchBatch();
        }
        back(ctx, "/batches/" + id(ctx));
    }

    private void retried(Context ctx) {
        if (parts.control().retry(Callers.owner(ctx), id(ctx), Set.of()) instanceof Resumed.Unknown) {
            throw Problems.noSuchBatch();
        }
        back(ctx, "/batches/" + id(ctx));
    }

    private void deleted(Context ctx) {
        delete(Callers.owner(ctx), id(ctx));
        back(ctx, "/batches");
    }

    private static void back(Context ctx, String path) {
        ctx.status(303).header("Location", path);
    }

    private void purge(BatchId id) {
        try {
            OptionalLong outputs = parts.purge().purgeBuried(id);
            if (outputs.isPresent()) {
                LOG.info("batch {} was deleted with {} outputs", id, outputs.getAsLong());
            } else {
                LOG.info("batch {} is deleted when those who read it have ended", id);
            }
        } catch (RuntimeException e) {
            LOG.warn("batch {} is not deleted yet; it is gone on with later", id, e);
        }
    }

    /// @throws Refusal 404
    private static BatchId id(Context ctx) {
        return BatchId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchBatch);
    }
}
