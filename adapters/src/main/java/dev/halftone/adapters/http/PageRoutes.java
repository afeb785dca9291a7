package dev.halftone.adapters.http;

import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.CheckedJson;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.page.AcceptedPage;
import dev.halftone.adapters.http.page.Assets;
import dev.halftone.adapters.http.page.BatchPage;
import dev.halftone.adapters.http.page.BatchesPage;
import dev.halftone.adapters.http.page.ItemRow;
import dev.halftone.adapters.http.page.Pages;
import dev.halftone.adapters.http.page.UploadPage;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.adapters.http.request.CsvForm;
import dev.halftone.adapters.http.request.FormFields;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The pages. They work without any script: forms post and redirect, and a running batch loads itself again.
final class PageRoutes {
    private static final int BATCHES = 50;
    private static final int ITEMS = 50;
    private static final int REFRESH_SECONDS = 3;

    private final BatchStore batches;
    private final ObjectStore objects;
    private final Links links;
    private final InstantSource clock;
    private final Submission submission;
    private final CsvForm form;
    private final Pages pages;
    private final Assets assets;

    PageRoutes(HalftoneServer.Parts parts, Submission submission, CsvForm.Bounds bounds, Pages pages, Assets assets) {
        this.batches = parts.batches();
        this.objects = parts.objects();
        this.links = parts.links();
        this.clock = parts.clock();
        this.submission = submission;
        this.form = CsvForm.page(bounds);
        this.pages = pages;
        this.assets = assets;
    }

    void addTo(Routing routing) {
        routing.get("/", ctx -> html(ctx, pages.upload(UploadPage.fresh(pages.layout("Upload", "upload", null)))));
        routing.post("/batches", this::submit);
        routing.get("/batches", this::list);
        routing.get("/batches/{id}", this::batch);
        routing.get("/assets/{name}", this::asset);
    }

    private void submit(Context ctx) throws IOException {
        try {
            switch (submission.from(ctx, form)) {
                case Submission.Outcome.Taken(SubmitBatch.Result.Accepted accepted) -> taken(ctx, accepted);
                case Submission.Outcome.Found(CheckedJson checked) ->
                    html(
                            ctx,
                            pages.upload(UploadPage.checked(
                                    pages.layout("Upload", "upload", null), FormFields.shown(ctx), checked)));
            }
        } catch (Refusal refusal) {
            if (!AcceptHeader.takesPages(ctx)) {
                throw refusal;
            }
            ctx.status(refusal.problem().status());
            html(
                    ctx,
                    pages.upload(UploadPage.refused(
                            pages.layout("Upload", "upload", null), FormFields.shown(ctx), refusal.problem())));
        }
    }

    private void taken(Context ctx, SubmitBatch.Result.Accepted accepted) {
        String path = "/batches/" + accepted.batch().id();
        Optional<String> webhook = accepted.batch().options().webhook().map(url -> url.host());
        if (accepted.webhookSecret().isEmpty() || webhook.isEmpty()) {
            ctx.status(303).header("Location", path).result("");
            return;
        }
        html(
                ctx.status(201),
                pages.accepted(new AcceptedPage(
                        pages.layout("Accepted", "upload", null),
                        path,
                        webhook.get(),
                        accepted.webhookSecret().get().text())));
    }

    private void list(Context ctx) {
        Optional<BatchId> cursor = new Parameters(ctx)
                .word("cursor", BatchId::parse, "is the id that the link to this page was made with");
        List<Batch> found = batches.list(Callers.owner(ctx), Optional.empty(), cursor, BATCHES + 1);
        List<Batch> shown = found.subList(0, Math.min(BATCHES, found.size()));
        String next =
                found.size() > BATCHES ? "/batches?cursor=" + shown.getLast().id() : null;
        html(ctx, pages.batches(BatchesPage.of(pages.layout("Batches", "batches", null), shown, next)));
    }

    private void batch(Context ctx) {
        BatchId id = BatchRoutes.id(ctx);
        Batch batch = BatchRoutes.find(ctx, batches, id);
        Parameters parameters = new Parameters(ctx);
        Optional<ItemState> state = parameters.word(
                "status", ItemState::ofWire, "is one of pending, processing, completed, failed or cancelled");
        OptionalInt cursor = parameters.number("cursor", 0, Integer.MAX_VALUE);
        boolean live = !parameters.text("live").equals(Optional.of("off"));
        List<ItemView> found =
                batches.items(Callers.owner(ctx), id, new ItemFilter(state, Optional.empty(), cursor, ITEMS + 1));
        List<ItemView> shown = found.subList(0, Math.min(ITEMS, found.size()));
        String filter = state.map(ItemState::wire).orElse("");
        String next = found.size() > ITEMS ? next(shown.getLast(), filter, live) : null;
        Integer refresh = live && !batch.state().isFinal() ? (Integer) REFRESH_SECONDS : null;
        html(
                ctx,
                pages.batch(BatchPage.of(
                        pages.layout(batch.options().name().orElse("Batch"), "batches", refresh),
                        batch,
                        shown.stream()
                                .map(item -> ItemRow.of(item, this::image))
                                .toList(),
                        new BatchPage.View(filter, live, next),
                        clock.instant())));
    }

    private static String next(ItemView last, String filter, boolean live) {
        return "?cursor=" + last.ordinal() + (filter.isEmpty() ? "" : "&status=" + filter) + (live ? "" : "&live=off");
    }

    /// What this server serves itself is shown from the address that the browser is at.
    private String image(ObjectKey key) {
        String address = objects.publicUrl(key).toString();
        return address.equals(links.file(key)) ? "/files/" + key : address;
    }

    private void asset(Context ctx) {
        Assets.Asset asset = assets.find("/assets/" + ctx.pathParam("name"))
                .orElseThrow(() -> RequestProblems.notFound("There is no such file."));
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.header("Vary", "Accept-Encoding");
        ctx.contentType(asset.mediaType()).result(asset.bytes());
    }

    private static void html(Context ctx, byte[] page) {
        ctx.contentType("text/html; charset=utf-8").result(page);
    }
}
