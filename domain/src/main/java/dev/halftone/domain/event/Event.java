package dev.halftone.domain.event;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.job.JobId;
import java.time.Instant;

/// Something that happened and that a webhook may be told of. Messages may arrive late, twice and in any order,
/// so a batch's events carry the batch as it stood when they happened, and their place among its events.
public sealed interface Event {

    /// When it happened.
    Instant at();

    /// Its type on the wire.
    String type();

    /// A batch reached its end.
    ///
    /// @param batch as it stood then
    /// @param sequence its place among the batch's events, from 1
    /// @param type `batch.completed`, `batch.failed` or `batch.cancelled`
    record BatchEnded(Batch batch, int sequence, String type, Instant at) implements Event {}

    /// So many per cent of a batch's items ended, well or not.
    ///
    /// @param batch as it stood then; it may have come further than the milestone at one stroke
    /// @param sequence its place among the batch's events, from 1
    /// @param milestone 25, 50 or 75
    record BatchProgressed(Batch batch, int sequence, int milestone, Instant at) implements Event {
        @Override
        public String type() {
            return "batch.progress";
        }
    }

    /// A job reached its end.
    ///
    /// @param type `job.done` or `job.failed`
    record JobEnded(JobId job, String type, Instant at) implements Event {}
}
