package dev.halftone.adapters.http;

import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.BatchJson;
import dev.halftone.adapters.http.json.BatchListJson;
import dev.halftone.adapters.http.json.ItemJson;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.adapters.http.request.Conditions;
import dev.halftone.adapters.http.request.CsvForm;
import dev.halftone.adapters.http.request.News;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.adapters.http.request.WaitPreference;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.storage.ObjectStore;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Batches under `/api/batches`: submit, list, show, and their items.
final class BatchRoutes {
    private final BatchStore batches;
    private final ObjectStore objects;
    private final Submission submission;
    private final OutputRoutes outputs;
    private final CsvForm form;
    private final Links links;
    private final InstantSource clock;
    private final News news;

    BatchRoutes(
            HalftoneServer.Parts parts, Submission submission, OutputRoutes outputs, CsvForm.Bounds bounds, News news) {
        this.batches = parts.batches();
        this.objects = parts.objects();
        this.links = parts.links();
        this.clock = parts.clock();
        this.submission = submission;
        this.outputs = outputs;
        this.form = CsvForm.api(bounds);
        this.news = news;
    }

    void addTo(Routing routing) {
        routing.post("/api/batches", this::create);
        routing.get("/api/batches", this::list);
        routing.get("/api/batches/{id}", this::show);
        routing.get("/api/batches/{id}/items", this::items);
    }

    private void create(Context ctx) throws IOException {
        submission.answer(ctx, submission.from(ctx, form));
    }

    private void list(Context ctx) {
        Parameters parameters = new Parameters(ctx);
        int limit = parameters.limit(50, 100);
        Optional<BatchState> state = parameters.word(
                "status", BatchState::ofWire, "is one of pending, processing, completed, failed or cancelled");
        Optional<BatchId> cursor = parameters.word("cursor", BatchId::parse, "is the nextCursor of another answer");
        List<Batch> found = batches.list(Callers.owner(ctx), state, cursor, limit + 1);
        List<Batch> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? page.getLast().id().toString() : null;
        Submission.json(ctx, BatchListJson.of(page, next, links));
    }

    private void show(Context ctx) throws IOException {
        BatchId id = id(ctx);
        ctx.header("Vary", "Accept, Prefer");
        if (AcceptHeader.of(ctx.header("Accept")).prefers("text/csv", "application/json")) {
            outputs.csv(ctx, id);
            return;
        }
        Batch batch = awaited(ctx, find(ctx, batches, id));
        ctx.header("ETag", etag(batch));
        if (Conditions.noneMatchFails(ctx.header("If-None-Match"), etag(batch))) {
            ctx.status(304);
            return;
        }
        Submission.json(ctx, BatchJson.of(batch, links, clock.instant()));
    }

    private Batch awaited(Context ctx, Batch now) {
        Optional<Duration> wait = WaitPreference.of(ctx.header("Prefer"));
        if (wait.isEmpty()) {
            return now;
        }
        ctx.header("Preference-Applied", "wait=" + wait.get().toSeconds());
        String known = ctx.header("If-None-Match");
        if (known != null && !Conditions.noneMatchFails(known, etag(now))) {
            return now;
        }
        return news.await(
                now,
                () -> find(ctx, batches, now.id()),
                batch -> batch.state().isFinal() || !etag(batch).equals(etag(now)),
                wait.get());
    }

    /// Weak: the pace and the time left move with the clock, the rest with what is stored. The same on every
    /// node.
    private static String etag(Batch batch) {
        BatchProgress progress = batch.progress();
        return "W/\"%x-%s-%x-%x-%x-%x\""
                .formatted(
                        batch.updated().toEpochMilli(),
                        batch.state().wire(),
                        progress.processing(),
                        progress.completed(),
                        progress.failed(),
                        progress.bytesOut());
    }

    private void items(Context ctx) {
        BatchId id = id(ctx);
        Parameters parameters = new Parameters(ctx);
        int limit = parameters.limit(100, 500);
        ItemFilter filter = new ItemFilter(
                parameters.word(
                        "status", ItemState::ofWire, "is one of pending, processing, completed, failed or cancelled"),
                parameters.word("code", FailureCode::ofWire, "is a failure code"),
                parameters.number("cursor", 0, Integer.MAX_VALUE),
                limit + 1);
        find(ctx, batches, id);
        List<ItemView> found = batches.items(Callers.owner(ctx), id, filter);
        List<ItemView> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? String.valueOf(page.getLast().ordinal()) : null;
        Submission.json(
                ctx,
                new ItemJson.Page(
                        page.stream()
                                .map(item -> ItemJson.of(
                                        item, key -> objects.publicUrl(key).toString()))
                                .toList(),
                        next));
    }

    /// @throws Refusal 404 for what can't be an id just as for one that nobody has
    static BatchId id(Context ctx) {
        return BatchId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchBatch);
    }

    /// @throws Refusal 404 for somebody else's just as for one that nobody has
    static Batch find(Context ctx, BatchStore batches, BatchId id) {
        return batches.find(Callers.owner(ctx), id).orElseThrow(Problems::noSuchBatch);
    }
}
