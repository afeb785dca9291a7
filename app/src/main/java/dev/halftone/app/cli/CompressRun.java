package dev.halftone.app.cli;

import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.RowProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// One run of `halftone compress`: submit, watch, write the results, leave nothing behind in the data folder. A run
/// that was killed goes on when the same command is given again.
final class CompressRun {
    private static final Duration REDRAW = Duration.ofMillis(150);
    private static final int SHOWN_PROBLEMS = 20;

    private final Halftone halftone;
    private final Console console;
    private final InstantSource clock = InstantSource.system();

    CompressRun(Halftone halftone, Console console) {
        this.halftone = halftone;
        this.console = console;
    }

    /// @return the exit status
    int run(CompressJob job) throws IOException, InterruptedException {
        Batch batch = submit(job);
        batch.assumptions().forEach(assumption -> console.note(text(assumption)));
        halftone.startWorker();
        Batch done = watch(batch.id());
        new RunResults(halftone, job).write(done);
        Summary.lines(done, job.out(), job.images()).forEach(console::result);
        halftone.purge(done.id());
        return done.progress().failed() == 0 && done.skippedRows() == 0 ? 0 : 1;
    }

    private Batch submit(CompressJob job) throws IOException {
        Optional<String> key = Optional.of(runKey(job));
        SubmitBatch.Result result = submitOnce(job, key);
        if (result instanceof SubmitBatch.Result.KeyReused stale) {
            halftone.purge(stale.existing().id());
            result = submitOnce(job, key);
        }
        return switch (result) {
            case SubmitBatch.Result.Accepted accepted -> {
                if (accepted.replayed()) {
                    console.note("an earlier run of this file was interrupted; going on where it stopped.");
                }
                yield accepted.batch();
            }
            case SubmitBatch.Result.Refused refused ->
                throw new CommandRefused(job.csv() + ": " + refused.why().getMessage());
            case SubmitBatch.Result.Rejected rejected ->
                throw new CommandRefused(rejection(job, rejected.summary(), rejected.problems()));
            case SubmitBatch.Result.Checked checked ->
                throw new AssertionError("a dry run was not asked for: " + checked);
            case SubmitBatch.Result.KeyReused again ->
                throw new CommandRefused("another run of " + job.csv() + " uses this data folder ("
                        + again.existing().id() + ").");
        };
    }

    private SubmitBatch.Result submitOnce(CompressJob job, Optional<String> key) throws IOException {
        try (InputStream csv = new BufferedInputStream(Files.newInputStream(job.csv()))) {
            return halftone.submit().submit(Caller.LOCAL, csv, job.options(), key);
        }
    }

    /// The same file to the same places is the same run.
    private static String runKey(CompressJob job) {
        String places = job.csv().toAbsolutePath().normalize() + "\n" + job.out() + "\n" + job.images();
        return "compress-"
                + ContentHash.of(places.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static List<String> rejection(CompressJob job, ManifestSummary summary, List<RowProblem> problems) {
        List<String> lines = new ArrayList<>();
        lines.add("%s was not started: %d of %d rows can't be used."
                .formatted(job.csv(), summary.badRows(), summary.rows()));
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> lines.add("  " + text(problem)));
        if (problems.size() > SHOWN_PROBLEMS) {
            lines.add("  … and " + (problems.size() - SHOWN_PROBLEMS) + " more");
        }
        lines.add("Mend them, or run the good rows with --on-invalid-rows skip.");
        return lines;
    }

    private static String text(RowProblem problem) {
        return "line " + problem.line()
                + problem.column().map(column -> ", " + column).orElse("") + ": " + problem.message();
    }

    private static String text(Assumption assumption) {
        return "line " + assumption.line() + ": " + assumption.message();
    }

    private Batch watch(BatchId id) throws InterruptedException {
        while (true) {
            Batch batch = halftone.batches().find(Owner.LOCAL, id).orElseThrow();
            console.progress(ProgressLine.of(batch, clock.instant()));
            if (batch.state().isFinal()) {
                console.progressEnded();
                return batch;
            }
            LockSupport.parkNanos(REDRAW.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
