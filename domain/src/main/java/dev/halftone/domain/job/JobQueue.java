package dev.halftone.domain.job;

import java.time.Duration;

/// Port: the durable queue of jobs. Every call joins the transaction it is made in: it happens with it or not
/// at all. Thread-safe.
public interface JobQueue {

    /// @param delay how long the job waits at least
    void schedule(JobId job, Duration delay);

    /// Whether the run still has its job, and keeps it until the transaction ends.
    boolean holds(JobRun run);

    /// Takes a job that was run out of the queue.
    ///
    /// @return false when the run has lost its job to another worker; then nothing is to be written about it
    boolean complete(JobRun run);
}
