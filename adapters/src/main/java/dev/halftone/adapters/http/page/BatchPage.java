package dev.halftone.adapters.http.page;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.failure.FailureCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One batch: how far it is, what it saved, what failed, and its items.
///
/// @param retryable whether some images failed and may be tried again
/// @param eta how long it will take still; null when that is not known
/// @param expires until when it is kept; null while it runs, and where it is kept for good
/// @param path of this page
/// @param filter the state that the items are of; empty for all
/// @param next where the items' next page is; null on the last one
public record BatchPage(
        Layout layout,
        String name,
        String id,
        String path,
        StateBadge state,
        boolean running,
        boolean retryable,
        boolean live,
        int percent,
        long done,
        long total,
        String progress,
        @Nullable String eta,
        List<Figure> figures,
        List<FailureGroup> failures,
        List<Warning> warnings,
        String created,
        String updated,
        @Nullable String expires,
        String filter,
        List<ItemRow> items,
        @Nullable String next) {

    /// A number and what it counts.
    public record Figure(String value, String label, String tone) {}

    /// Items that failed for one reason.
    public record FailureGroup(String code, String count, String advice) {}

    public record Warning(String where, String message) {}

    /// How the items are looked at.
    ///
    /// @param live whether the page keeps itself up to date while the batch runs
    public record View(
            String filter, boolean live, @Nullable String next) {}

    public static BatchPage of(Layout layout, Batch batch, List<ItemRow> items, View view, Instant now) {
        BatchProgress progress = batch.progress();
        boolean running = !batch.state().isFinal();
        return new BatchPage(
                layout,
                batch.options().name().orElse("Batch " + batch.id().toString().substring(0, 8)),
                batch.id().toString(),
                "/batches/" + batch.id(),
                StateBadge.of(batch.state(), progress.failed()),
                running,
                progress.failed() > 0 && batch.state() != BatchState.CANCELLED,
                view.live(),
                progress.total() == 0 ? 100 : (int) (100 * progress.finished() / progress.total()),
                progress.finished(),
                progress.total(),
                Human.count(progress.finished()) + " of " + Human.counted(progress.total(), "image") + ", "
                        + Human.counted(batch.products(), "product"),
                running
                        ? batch.started()
                                .flatMap(started -> progress.remaining(started, now))
                                .map(Human::duration)
                                .orElse(null)
                        : null,
                figures(batch),
                failures(progress),
                batch.assumptions().stream()
                        .limit(50)
                        .map(found -> new Warning("Line " + Human.count(found.line()), found.message()))
                        .toList(),
                Human.time(batch.created()),
                Human.time(batch.updated()),
                batch.expires().map(Human::time).orElse(null),
                view.filter(),
                items,
                view.next());
    }

    private static List<Figure> figures(Batch batch) {
        BatchProgress progress = batch.progress();
        String saved = progress.savedPercent().isPresent()
                ? Human.percent(progress.savedPercent().getAsDouble())
                : "–";
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure(saved, "saved", "good"),
                new Figure(Human.bytes(progress.bytesIn()), "in", ""),
                new Figure(Human.bytes(progress.bytesOut()), "out", ""),
                new Figure(Human.count(progress.completed()), "completed", ""),
                new Figure(Human.count(progress.keptOriginal()), "of them kept as they were", ""),
                new Figure(Human.count(progress.failed()), "failed", progress.failed() > 0 ? "bad" : "")));
        long toDo = progress.pending() + progress.processing();
        if (toDo > 0) {
            figures.add(new Figure(Human.count(toDo), "to do", ""));
        }
        if (progress.cancelled() > 0) {
            figures.add(new Figure(Human.count(progress.cancelled()), "cancelled", ""));
        }
        if (batch.skippedRows() > 0) {
            figures.add(new Figure(Human.count(batch.skippedRows()), "rows skipped", "mixed"));
        }
        return figures;
    }

    private static List<FailureGroup> failures(BatchProgress progress) {
        return Arrays.stream(FailureCode.values())
                .filter(code -> progress.failures().getOrDefault(code, 0L) > 0)
                .map(code -> new FailureGroup(
                        code.wire(),
                        Human.count(Optional.ofNullable(progress.failures().get(code))
                                .orElse(0L)),
                        code.advice()))
                .toList();
    }
}
