package dev.halftone.domain.job;

import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.item.RetryBackoff;
import dev.halftone.domain.job.JobStore.Begun;
import dev.halftone.domain.job.JobStore.Ending;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.variant.MakeVariant;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Runs jobs by the rules of items: attempts that fail and may succeed later are made again, an interrupted one
/// is handed back. Thread-safe; blocks its virtual thread.
public final class RunJob {
    private final JobStore jobs;
    private final Making making;
    private final RetryBackoff backoff;
    private final RandomGenerator random;

    /// Takes a job to its stored result: [MakeVariant#make].
    @FunctionalInterface
    public interface Making {
        void make(Asset asset, Pipeline pipeline, MakeVariant.Progress progress) throws InterruptedException;
    }

    public RunJob(JobStore jobs, Making making, RetryBackoff backoff, RandomGenerator random) {
        this.jobs = jobs;
        this.making = making;
        this.backoff = backoff;
        this.random = random;
    }

    /// Does nothing when the job was lost.
    ///
    /// @throws RuntimeException when the database could not be written; the job is then to be run again
    public void run(JobRun run) {
        jobs.begin(run).ifPresent(begun -> {
            boolean interrupted = false;
            Ending ending;
            try {
                making.make(begun.asset(), begun.pipeline(), stage -> jobs.progress(begun, stage.percent()));
                ending = new Ending.Done();
            } catch (InterruptedException e) {
                interrupted = true;
                ending = new Ending.HandedBack();
            } catch (HalftoneException e) {
                ending = failed(begun, e.failure());
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                ending = failed(
                        begun,
                        Failure.of(
                                FailureCode.INTERNAL,
                                "unexpected " + e.getClass().getSimpleName()));
            }
            jobs.end(run, begun, ending);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Ending failed(Begun begun, Failure failure) {
        Optional<Duration> again = backoff.after(begun.attempts(), failure, random);
        return again.isPresent() ? new Ending.Again(failure, again.get()) : new Ending.Failed(failure);
    }
}
