package dev.halftone.domain.job;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.Optional;

/// Port: keeps jobs. Every write about a run carries the attempt it was begun with, so a worker that lost its
/// job changes nothing. The event of a job's end is written with the end. Thread-safe.
public interface JobStore {

    /// Stores a job and puts it into the queue, both or neither.
    ///
    /// @return empty when its asset is gone, or not of this owner
    Optional<Submitted> submit(NewJob job);

    /// Empty where there is no such job of this owner.
    Optional<Job> find(Owner owner, JobId id);

    /// Whoever's it is: for workers.
    Optional<Job> ofAnyone(JobId id);

    /// Marks a job `processing`. One that a dead worker left behind counts a crash; after
    /// [dev.halftone.domain.item.ItemStore#MAX_CRASHES] of them it fails as `poison`.
    ///
    /// @return empty when it was lost to another worker, or has nothing left to do
    Optional<Begun> begin(JobRun run);

    /// Notes how far a run has got; without effect once it was lost.
    void progress(Begun begun, int percent);

    /// Ends a run and takes it out of the queue.
    ///
    /// @return whether the job was still this run's
    boolean end(JobRun run, Begun begun, Ending ending);

    /// @param webhookSecret the signing secret, given only when this job made the endpoint
    record Submitted(Job job, Optional<WebhookSecret> webhookSecret) {}

    /// @param attempt the fencing token of every write about this run
    /// @param attempts how often the job was begun and not handed back, this time included
    record Begun(JobId job, Asset asset, Pipeline pipeline, int attempt, int attempts) {}

    /// How a run ended.
    sealed interface Ending {
        /// The variant of the job's asset and pipeline is stored.
        record Done() implements Ending {}

        /// For good.
        record Failed(Failure failure) implements Ending {}

        /// It is tried again after a delay.
        record Again(Failure failure, Duration delay) implements Ending {}

        /// The worker stops: another one takes over at once, and the attempt does not count.
        record HandedBack() implements Ending {}
    }
}
