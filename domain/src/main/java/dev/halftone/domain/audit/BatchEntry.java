package dev.halftone.domain.audit;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the database says of a batch, all at one moment: its own row beside what its other rows add up to.
///
/// @param state its word
/// @param finished whether it has an end
/// @param run how often it was set going, from 1
/// @param webhook whether its end is told
/// @param stored the counters of its row
/// @param counted the same, counted over its items
/// @param storedFailures items by failure code, as it keeps them
/// @param countedFailures the same, counted
/// @param copies what is wrong with repeated addresses
/// @param abandoned items, and slices in the queue, whose worker has been gone for longer than a takeover takes
/// @param slices of it in the queue
/// @param failing slices of it whose last three runs failed as a whole
/// @param ends the events of its ends, in their order
/// @param unsent deliveries that wait and are in no queue
public record BatchEntry(
        BatchId id,
        Owner owner,
        String state,
        boolean finished,
        int run,
        boolean webhook,
        Counts stored,
        Counts counted,
        Map<String, Long> storedFailures,
        Map<String, Long> countedFailures,
        Copies copies,
        long abandoned,
        long slices,
        long failing,
        List<End> ends,
        long unsent) {

    public BatchEntry {
        storedFailures = Map.copyOf(storedFailures);
        countedFailures = Map.copyOf(countedFailures);
        ends = List.copyOf(ends);
    }

    /// Items by state, and their bytes.
    public record Counts(
            long total,
            long pending,
            long processing,
            long completed,
            long keptOriginal,
            long failed,
            long cancelled,
            long bytesIn,
            long bytesOut) {

        long open() {
            return pending + processing;
        }

        /// The first that differs, expected against found.
        Optional<String> difference(Counts counted) {
            String[] names = {
                "total",
                "pending",
                "processing",
                "completed",
                "kept original",
                "failed",
                "cancelled",
                "bytes in",
                "bytes out"
            };
            long[] own = values();
            long[] other = counted.values();
            for (int i = 0; i < names.length; i++) {
                if (own[i] != other[i]) {
                    return Optional.of(names[i] + " says " + own[i] + ", counted are " + other[i]);
                }
            }
            return Optional.empty();
        }

        private long[] values() {
            return new long[] {total, pending, processing, completed, keptOriginal, failed, cancelled, bytesIn, bytesOut
            };
        }
    }

    /// @param wrong items whose number of copies is not that of the places their address stands in
    /// @param stray repeats that no item answers for
    public record Copies(long wrong, long stray) {}

    /// The event of an end.
    ///
    /// @param deliveries how many webhooks are told of it
    public record End(int run, String type, long deliveries) {}
}
