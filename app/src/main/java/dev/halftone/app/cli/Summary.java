package dev.halftone.app.cli;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.failure.FailureCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a run of `halftone compress` prints at its end.
final class Summary {
    private Summary() {}

    static List<String> lines(Batch batch, Path csv, Path images) {
        BatchProgress progress = batch.progress();
        List<String> lines = new ArrayList<>();
        lines.add("%d images of %d products: %d compressed, %d kept as they were, %d failed%s"
                .formatted(
                        progress.total(),
                        batch.products(),
                        progress.completed() - progress.keptOriginal(),
                        progress.keptOriginal(),
                        progress.failed(),
                        batch.skippedRows() == 0 ? "" : ", " + batch.skippedRows() + " rows skipped"));
        progress.savedPercent()
                .ifPresent(saved -> lines.add(String.format(
                        Locale.ROOT,
                        "%s before, %s after: %.1f %% saved%s",
                        Bytes.text(progress.bytesIn()),
                        Bytes.text(progress.bytesOut()),
                        saved,
                        took(batch))));
        progress.failures().entrySet().stream()
                .sorted(Map.Entry.<FailureCode, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> lines.add("  %d × %s: %s"
                        .formatted(
                                entry.getValue(),
                                entry.getKey().wire(),
                                entry.getKey().advice())));
        lines.add("CSV     " + csv);
        lines.add("images  " + images);
        return lines;
    }

    private static String took(Batch batch) {
        return batch.started()
                .flatMap(from ->
                        batch.finished().map(to -> ", in " + ProgressLine.duration(Duration.between(from, to))))
                .orElse("");
    }
}
