package dev.halftone.app.cli;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// One line that says how far a run is: a bar, the count, the rate, the time left, what was saved, what failed.
final class ProgressLine {
    private static final int WIDTH = 24;

    private ProgressLine() {}

    static String of(Batch batch, Instant now) {
        BatchProgress progress = batch.progress();
        double share = progress.total() == 0 ? 1 : (double) progress.finished() / progress.total();
        int filled = (int) Math.floor(share * WIDTH);
        StringBuilder line = new StringBuilder("[")
                .append("█".repeat(filled))
                .append("░".repeat(WIDTH - filled))
                .append("] %3d %%  %d/%d images"
                        .formatted((int) Math.floor(share * 100), progress.finished(), progress.total()));
        batch.started().ifPresent(started -> {
            progress.itemsPerSecond(started, now)
                    .ifPresent(rate -> line.append(String.format(Locale.ROOT, "  %.1f/s", rate)));
            if (progress.finished() < progress.total()) {
                progress.remaining(started, now)
                        .ifPresent(
                                left -> line.append("  ").append(duration(left)).append(" left"));
            }
        });
        progress.savedPercent().ifPresent(saved -> line.append(String.format(Locale.ROOT, "  saved %.0f %%", saved)));
        if (progress.failed() > 0) {
            line.append("  ").append(progress.failed()).append(" failed");
        }
        return line.toString();
    }

    static String duration(Duration time) {
        long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
