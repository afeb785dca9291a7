package dev.halftone.domain.event;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.job.JobId;
import java.time.Instant;

/// Something that happened and that a webhook may be told of.
public sealed interface Event {

    /// When it happened.
    Instant at();

    /// Its type on the wire.
    String type();

    /// A batch reached its end.
    ///
    /// @param type `batch.completed`, `batch.failed` or `batch.cancelled`
    record BatchEnded(BatchId batch, String type, Instant at) implements Event {}

    /// A job reached its end.
    ///
    /// @param type `job.done` or `job.failed`
    record JobEnded(JobId job, String type, Instant at) implements Event {}
}
