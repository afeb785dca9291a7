package dev.halftone.domain.batch;

import dev.halftone.domain.manifest.Assumption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A submitted CSV as it stands now.
///
/// @param products rows that name a product, continuation rows not counted
/// @param skippedRows bad rows left out because the submitter asked for that
/// @param assumptions what the reader took for granted, at most the first 1,000
/// @param started when the first item began
/// @param finished when the last item ended
/// @param expires when it is deleted by itself; empty while it runs, and where it is kept for good
public record Batch(
        BatchId id,
        BatchState state,
        BatchOptions options,
        long products,
        long skippedRows,
        List<Assumption> assumptions,
        BatchProgress progress,
        Instant created,
        Instant updated,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Instant> expires) {

    public Batch {
        assumptions = List.copyOf(assumptions);
    }
}
