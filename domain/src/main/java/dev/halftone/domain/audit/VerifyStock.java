package dev.halftone.domain.audit;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.manifest.ManifestWriter;
import dev.halftone.domain.stock.StockMark;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Checks that nothing was lost: each item is in exactly one state and counted once, every object that a row names
/// is there, whole and equal to its hash, no object is without a row, every end is one event, the output CSV
/// answers the input, and nobody who is gone holds anything. Changes nothing, may run beside a live service, and
/// needs as much memory for a million items as for ten.
public final class VerifyStock {
    /// How many findings are listed; beyond that they are counted.
    public static final int LISTED = 1_000;

    /// Between an object and its row lie moments; a CSV that is being taken in has thirty minutes at most.
    private static final Duration ROW_FOLLOWS = Duration.ofHours(1);

    private static final int PAGE = 1_000;

    private final Ledger ledger;
    private final BatchStore batches;
    private final ObjectStore objects;
    private final ManifestWriter writer;
    private final OutputReader reader;
    private final InstantSource clock;

    public VerifyStock(
            Ledger ledger,
            BatchStore batches,
            ObjectStore objects,
            ManifestWriter writer,
            OutputReader reader,
            InstantSource clock) {
        this.ledger = ledger;
        this.batches = batches;
        this.objects = objects;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
    }

    /// What is to be checked.
    ///
    /// @param batch only this one
    /// @param settled whether everything must have ended; an object without a row is then one however young
    /// @param contents whether objects are read, rather than only looked for
    public record Scope(Optional<BatchId> batch, boolean settled, boolean contents) {
        /// All there is, while nothing runs.
        public static final Scope SETTLED = new Scope(Optional.empty(), true, true);
    }

    /// The rows alone: whether the database fits together, whatever the object store holds.
    public static StockReport rows(Ledger ledger, Scope scope) {
        Findings findings = new Findings();
        rows(ledger, scope, findings, (owner, id) -> {});
        return findings.report();
    }

    /// @throws dev.halftone.domain.failure.HalftoneException when the object store can't be listed
    public StockReport run(Scope scope) {
        Findings findings = new Findings();
        ExportBatch export = new ExportBatch(batches, objects, writer, ObjectKey::value);
        VerifyOutput output = new VerifyOutput(batches, export, reader, findings);
        rows(
                ledger,
                scope,
                findings,
                (owner, id) -> batches.find(owner, id).ifPresent(batch -> output.run(owner, batch)));
        VerifyObjects verify = new VerifyObjects(ledger, objects, scope.contents(), findings);
        verify.named(scope.batch());
        List<String> others = new StockMark(objects, ledger.stock()).others();
        if (others.isEmpty()) {
            verify.listed(prefixes(scope), scope.settled() ? Duration.ZERO : ROW_FOLLOWS, clock);
        } else {
            findings.note("Objects without a row were not looked for: other databases have marked this object store ("
                    + String.join(", ", others) + ").");
        }
        return findings.report();
    }

    private static List<String> prefixes(Scope scope) {
        return scope.batch()
                .map(id -> List.of("uploads/" + id + ".csv", "batches/" + id))
                .orElse(List.of("uploads/", "batches/", "assets/"));
    }

    private interface OneMore {
        void look(Owner owner, BatchId id);
    }

    private static void rows(Ledger ledger, Scope scope, Findings findings, OneMore then) {
        findings.counted("batches", 0);
        findings.counted("items", 0);
        if (scope.batch().isPresent()) {
            look(ledger, scope.batch().get(), scope, findings, then);
            return;
        }
        Optional<BatchId> after = Optional.empty();
        List<BatchId> page;
        do {
            page = ledger.batches(after, PAGE);
            for (BatchId id : page) {
                look(ledger, id, scope, findings, then);
                after = Optional.of(id);
            }
        } while (page.size() == PAGE);
        rest(ledger.rest(), scope, findings);
    }

    private static void look(Ledger ledger, BatchId id, Scope scope, Findings findings, OneMore then) {
        ledger.batch(id).ifPresent(batch -> {
            findings.counted("batches", 1);
            findings.counted("items", batch.counted().total());
            new VerifyBatch(batch, scope.settled(), findings).run();
            then.look(batch.owner(), id);
        });
    }

    private static void rest(Ledger.Rest rest, Scope scope, Findings findings) {
        findings.counted("images", rest.images());
        findings.counted("jobs", rest.jobs());
        rest.findings().forEach(findings::add);
        if (scope.settled() && rest.openJobs() > 0) {
            findings.add(Check.UNSETTLED, "jobs", rest.openJobs() + " have not ended");
        }
    }
}
