package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status of a batch.
///
/// @param processedImages items that ended, in whatever way
/// @param progressPercent whole per cent, rounded down: 100 means that every item ended
/// @param savedPercent of the completed items' bytes, one decimal
/// @param itemsPerSecond over the time since the first item began
/// @param expiresAt when the batch and its outputs are deleted; null while it runs, and where it is kept for good
/// @param etaSeconds until the last item ends at that pace; null when nothing is left to do
public record BatchJson(
        String requestId,
        @Nullable String name,
        String status,
        long totalProducts,
        long totalImages,
        long skippedRows,
        Counts counts,
        long processedImages,
        int progressPercent,
        long bytesIn,
        long bytesOut,
        @Nullable Double savedPercent,
        Map<String, FailureCount> failures,
        @Nullable Double itemsPerSecond,
        @Nullable Long etaSeconds,
        String createdAt,
        @Nullable String startedAt,
        String updatedAt,
        @Nullable String finishedAt,
        @Nullable String expiresAt,
        OptionsJson options,
        List<WarningJson> warnings,
        Links.OfBatch links) {

    /// Items by state; `keptOriginal` are among the completed.
    public record Counts(
            long pending, long processing, long completed, long keptOriginal, long failed, long cancelled) {

        static Counts of(BatchProgress progress) {
            return new Counts(
                    progress.pending(),
                    progress.processing(),
                    progress.completed(),
                    progress.keptOriginal(),
                    progress.failed(),
                    progress.cancelled());
        }
    }

    /// Items that failed for one reason, and what to do about it.
    public record FailureCount(long count, String advice) {}

    /// @param now what the pace is measured up to, unless the batch has ended
    public static BatchJson of(Batch batch, Links links, Instant now) {
        BatchProgress progress = batch.progress();
        Instant until = batch.finished().orElse(now);
        Optional<Duration> remaining = batch.state().isFinal()
                ? Optional.empty()
                : batch.started().flatMap(started -> progress.remaining(started, until));
        return new BatchJson(
                batch.id().toString(),
                batch.options().name().orElse(null),
                batch.state().wire(),
                batch.products(),
                progress.total(),
                batch.skippedRows(),
                Counts.of(progress),
                progress.finished(),
                percent(progress),
                progress.bytesIn(),
                progress.bytesOut(),
                saved(progress),
                failures(progress),
                batch.started()
                        .map(started -> progress.itemsPerSecond(started, until))
                        .filter(java.util.OptionalDouble::isPresent)
                        .map(rate -> Json.rounded(rate.getAsDouble(), 2))
                        .orElse(null),
                remaining.map(Duration::toSeconds).orElse(null),
                Json.instant(batch.created()),
                batch.started().map(Json::instant).orElse(null),
                Json.instant(batch.updated()),
                batch.finished().map(Json::instant).orElse(null),
                batch.expires().map(Json::instant).orElse(null),
                OptionsJson.of(batch.options()),
                WarningJson.of(batch.assumptions()),
                links.of(batch.id()));
    }

    static int percent(BatchProgress progress) {
        return progress.total() == 0 ? 100 : (int) (100 * progress.finished() / progress.total());
    }

    static @Nullable Double saved(BatchProgress progress) {
        return progress.savedPercent().isEmpty()
                ? null
                : (Double) Json.rounded(progress.savedPercent().getAsDouble(), 1);
    }

    private static Map<String, FailureCount> failures(BatchProgress progress) {
        Map<String, FailureCount> failures = new LinkedHashMap<>();
        for (FailureCode code : FailureCode.values()) {
            Long count = progress.failures().get(code);
            if (count != null && count > 0) {
                failures.put(code.wire(), new FailureCount(count, code.advice()));
            }
        }
        return failures;
    }
}
