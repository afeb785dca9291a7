package dev.halftone.domain.batch;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestReader;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Takes a CSV: keeps the upload, reads it straight into the store, and answers with the batch or with
/// everything that is wrong with the file. When it refuses, nothing is left behind. When the store fails in its last
/// step, the batch may be there all the same: then the upload stays, and the sweep of strays judges it.
public final class SubmitBatch {

    /// How many row problems and assumptions are listed; beyond that they are counted.
    public static final int LISTED = 10_000;

    private final ManifestReader reader;
    private final BatchStore batches;
    private final ObjectStore objects;
    private final ManifestLimits limits;
    private final Retention retention;
    private final RandomGenerator random;

    /// For batches that are kept for good unless they say otherwise.
    ///
    /// @param random a secure source: ids must not be guessable
    public SubmitBatch(
            ManifestReader reader,
            BatchStore batches,
            ObjectStore objects,
            ManifestLimits limits,
            RandomGenerator random) {
        this(reader, batches, objects, limits, Retention.FOR_GOOD, random);
    }

    /// @param retention of batches that don't say how long they are kept
    /// @param random a secure source: ids must not be guessable
    public SubmitBatch(
            ManifestReader reader,
            BatchStore batches,
            ObjectStore objects,
            ManifestLimits limits,
            Retention retention,
            RandomGenerator random) {
        this.retention = retention;
        this.reader = reader;
        this.batches = batches;
        this.objects = objects;
        this.limits = limits;
        this.random = random;
    }

    /// What became of a submission.
    public sealed interface Result {
        /// @param replayed whether an earlier submission with the same idempotency key is answered again
        record Accepted(Batch batch, Optional<WebhookSecret> webhookSecret, boolean replayed) implements Result {}

        /// A dry run: what the file holds.
        record Checked(ManifestSummary summary, List<RowProblem> problems, List<Assumption> assumptions)
                implements Result {}

        /// Some rows can't be used and the submitter did not ask to skip them.
        record Rejected(ManifestSummary summary, List<RowProblem> problems, List<Assumption> assumptions)
                implements Result {}

        /// No row of the file can be used, or the file itself can't.
        record Refused(ManifestRefused why) implements Result {}

        /// The idempotency key was used for another file or other options.
        record KeyReused(Batch existing) implements Result {}
    }

    /// @param by whose the batch is
    /// @param csv read once, to its end; not closed
    /// @throws dev.halftone.domain.access.QuotaExceeded when the caller may not hand in so many images
    public Result submit(Caller by, InputStream csv, BatchOptions options, Optional<String> idempotencyKey)
            throws IOException {
        BatchId id = BatchId.random(random);
        ObjectKey upload = uploadKey(id);
        Findings findings = new Findings();
        boolean needed = false;
        try {
            ContentHash fingerprint = keep(csv, upload, options);
            BatchOptions full = options.kept(options.retention().orElse(retention));
            NewBatch batch = new NewBatch(by, id, full, upload, idempotencyKey, fingerprint);
            BatchStore.Submitted submitted = batches.submit(batch, sink -> read(upload, options, findings, sink));
            findings.offered = false;
            return switch (submitted) {
                case BatchStore.Submitted.Stored done -> {
                    needed = true;
                    yield new Result.Accepted(done.batch(), done.webhookSecret(), false);
                }
                case BatchStore.Submitted.KeyTaken taken ->
                    taken.fingerprint().equals(fingerprint)
                            ? new Result.Accepted(taken.existing(), Optional.empty(), true)
                            : new Result.KeyReused(taken.existing());
                case BatchStore.Submitted.RolledBack() -> findings.answer(options);
            };
        } catch (ManifestRefused refused) {
            return new Result.Refused(refused);
        } finally {
            if (!needed && !findings.offered) {
                objects.delete(upload);
            }
        }
    }

    /// Where a batch's upload is kept.
    public static ObjectKey uploadKey(BatchId id) {
        return new ObjectKey("uploads/" + id + ".csv");
    }

    private ContentHash keep(InputStream csv, ObjectKey upload, BatchOptions options) throws IOException {
        MessageDigest digest = ContentHash.sha256();
        InputStream bounded = new BoundedUpload(new DigestInputStream(csv, digest), limits.maxBytes());
        objects.put(upload, bounded, "text/csv");
        digest.update(options.canonical().getBytes(StandardCharsets.UTF_8));
        return ContentHash.ofDigest(digest.digest());
    }

    private Optional<ManifestSummary> read(ObjectKey upload, BatchOptions options, Findings findings, RowSink sink)
            throws IOException {
        try (StoredObject kept = objects.open(upload)
                .orElseThrow(() -> new IOException("the upload was stored but can't be opened again"))) {
            ManifestSummary summary = reader.read(kept.content(), limits, findings.before(sink));
            findings.summary = Optional.of(summary);
            boolean usable =
                    summary.badRows() == 0 || options.onInvalidRows() == InvalidRows.SKIP && summary.images() > 0;
            findings.offered = usable && !options.dryRun();
            return findings.offered ? findings.summary : Optional.empty();
        }
    }

    /// What the reader found besides usable rows.
    private static final class Findings {
        private final List<RowProblem> problems = new ArrayList<>();
        private final List<Assumption> assumptions = new ArrayList<>();
        private Optional<ManifestSummary> summary = Optional.empty();
        /// Whether the store has all it needs to keep the batch, and has not said what became of it.
        private boolean offered;

        RowSink before(RowSink next) {
            return new RowSink() {
                @Override
                public void row(Row row) {
                    next.row(row);
                }

                @Override
                public void problem(RowProblem problem) {
                    if (problems.size() < LISTED) {
                        problems.add(problem);
                    }
                    next.problem(problem);
                }

                @Override
                public void assumption(Assumption assumption) {
                    if (assumptions.size() < LISTED) {
                        assumptions.add(assumption);
                    }
                    next.assumption(assumption);
                }
            };
        }

        Result answer(BatchOptions options) {
            ManifestSummary counted = summary.orElseThrow();
            return options.dryRun()
                    ? new Result.Checked(counted, List.copyOf(problems), List.copyOf(assumptions))
                    : new Result.Rejected(counted, List.copyOf(problems), List.copyOf(assumptions));
        }
    }
}
