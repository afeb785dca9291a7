package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of batches, newest first.
///
/// @param nextCursor asks for the page after; null on the last one
public record BatchListJson(List<Entry> batches, @Nullable String nextCursor) {

    /// A batch in short.
    public record Entry(
            String requestId,
            @Nullable String name,
            String status,
            long totalProducts,
            long totalImages,
            BatchJson.Counts counts,
            long processedImages,
            int progressPercent,
            long bytesIn,
            long bytesOut,
            @Nullable Double savedPercent,
            String createdAt,
            String updatedAt,
            @Nullable String finishedAt,
            Links.OfBatch links) {

        static Entry of(Batch batch, Links links) {
            return new Entry(
                    batch.id().toString(),
                    batch.options().name().orElse(null),
                    batch.state().wire(),
                    batch.products(),
                    batch.progress().total(),
                    BatchJson.Counts.of(batch.progress()),
                    batch.progress().finished(),
                    BatchJson.percent(batch.progress()),
                    batch.progress().bytesIn(),
                    batch.progress().bytesOut(),
                    BatchJson.saved(batch.progress()),
                    Json.instant(batch.created()),
                    Json.instant(batch.updated()),
                    batch.finished().map(Json::instant).orElse(null),
                    links.of(batch.id()));
        }
    }

    public static BatchListJson of(List<Batch> batches, @Nullable String nextCursor, Links links) {
        return new BatchListJson(
                batches.stream().map(batch -> Entry.of(batch, links)).toList(), nextCursor);
    }
}
