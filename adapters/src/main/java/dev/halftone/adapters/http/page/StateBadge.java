package dev.halftone.adapters.http.page;

import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.item.ItemState;

/// A state as a word and a colour class.
public record StateBadge(String word, String tone) {

    static StateBadge of(BatchState state, long failed) {
        return switch (state) {
            case PENDING -> new StateBadge("Waiting", "quiet");
            case PROCESSING -> new StateBadge("Processing", "busy");
            case COMPLETED -> failed > 0 ? new StateBadge("Completed with failures", "mixed") : done();
            case FAILED -> new StateBadge("Failed", "bad");
            case CANCELLED -> new StateBadge("Cancelled", "quiet");
        };
    }

    static StateBadge of(ItemState state, boolean kept) {
        return switch (state) {
            case PENDING -> new StateBadge("Waiting", "quiet");
            case PROCESSING -> new StateBadge("Processing", "busy");
            case COMPLETED -> kept ? new StateBadge("Original kept", "mixed") : done();
            case FAILED -> new StateBadge("Failed", "bad");
            case CANCELLED -> new StateBadge("Cancelled", "quiet");
        };
    }

    private static StateBadge done() {
        return new StateBadge("Completed", "good");
    }
}
