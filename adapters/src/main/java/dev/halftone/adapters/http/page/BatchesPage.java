package dev.halftone.adapters.http.page;

import dev.halftone.domain.batch.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The batches, newest first.
///
/// @param next where the page after is; null on the last one
public record BatchesPage(
        Layout layout, List<Entry> entries, @Nullable String next) {

    /// One batch in the list.
    public record Entry(
            String href,
            String name,
            StateBadge state,
            long done,
            long total,
            String progress,
            String products,
            String saved,
            String created) {

        static Entry of(Batch batch) {
            var progress = batch.progress();
            return new Entry(
                    "/batches/" + batch.id(),
                    batch.options().name().orElse(batch.id().toString()),
                    StateBadge.of(batch.state(), progress.failed()),
                    progress.finished(),
                    progress.total(),
                    Human.count(progress.finished()) + " of " + Human.counted(progress.total(), "image"),
                    Human.count(batch.products()),
                    progress.savedPercent().isPresent()
                            ? Human.percent(progress.savedPercent().getAsDouble())
                            : "–",
                    Human.time(batch.created()));
        }
    }

    public static BatchesPage of(Layout layout, List<Batch> batches, @Nullable String next) {
        return new BatchesPage(layout, batches.stream().map(Entry::of).toList(), next);
    }
}
