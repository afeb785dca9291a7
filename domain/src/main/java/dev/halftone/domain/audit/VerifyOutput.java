package dev.halftone.domain.audit;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.audit.OutputReader.OutputLine;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.ResultCursor;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.storage.ObjectKey;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a batch's output CSV answers its input: it is written as for a user, read again as by a user, and held
/// against the items. A run of `halftone compress` whose images are files is passed over: where its paths begin is
/// not kept, and its CSV is written by itself.
final class VerifyOutput {
    private static final int LISTED = 20;

    private final BatchStore batches;
    private final ExportBatch export;
    private final OutputReader reader;
    private final Findings findings;

    /// @param export writes keys as addresses
    VerifyOutput(BatchStore batches, ExportBatch export, OutputReader reader, Findings findings) {
        this.batches = batches;
        this.export = export;
        this.reader = reader;
        this.findings = findings;
    }

    void run(Owner owner, Batch batch) {
        List<String> wrong = new ArrayList<>();
        try {
            if (!compare(owner, batch, wrong)) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            wrong.add("it can't be written or read again: " + e);
        }
        // A batch that moved while it was looked at was read at two moments.
        if (!wrong.isEmpty()
                && batch.state().isFinal()
                && batches.find(owner, batch.id()).equals(Optional.of(batch))) {
            wrong.stream()
                    .limit(LISTED)
                    .forEach(what -> findings.add(Check.OUTPUT_CSV, "output.csv of batch " + batch.id(), what));
            if (wrong.size() > LISTED) {
                findings.add(
                        Check.OUTPUT_CSV,
                        "output.csv of batch " + batch.id(),
                        (wrong.size() - LISTED) + " more rows are not aligned");
            }
        }
    }

    /// @return false when it can't be told
    private boolean compare(Owner owner, Batch batch, List<String> wrong) throws IOException {
        List<String> renditions =
                batch.options().renditions().stream().map(Rendition::name).toList();
        Path csv = Files.createTempFile("halftone-verify-", ".csv");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv))) {
                export.write(owner, batch.id(), new OutputStyle(false, true), out);
            }
            long[] seen = new long[1];
            boolean[] ofFiles = new boolean[1];
            try (InputStream in = new BufferedInputStream(Files.newInputStream(csv));
                    ResultCursor items = batches.results(owner, batch.id())) {
                reader.read(in, renditions.size(), line -> {
                    List<ItemView> row = items.row(line.index());
                    seen[0] += row.size();
                    ofFiles[0] |= row.stream().anyMatch(item -> item.url().startsWith("file:"));
                    mistake(line, row, renditions).ifPresent(what -> wrong.add("line " + line.line() + ": " + what));
                    findings.counted("rows of output CSVs", 1);
                });
            }
            if (seen[0] != batch.progress().total()) {
                wrong.add(seen[0] + " of its " + batch.progress().total() + " images stand in it");
            }
            return !ofFiles[0];
        } finally {
            Files.deleteIfExists(csv);
        }
    }

    private static Optional<String> mistake(OutputLine line, List<ItemView> row, List<String> renditions) {
        if (row.isEmpty()) {
            return line.outputs().stream().flatMap(List::stream).allMatch(String::isEmpty)
                    ? Optional.empty()
                    : Optional.of("a row without images has outputs");
        }
        List<String> urls = row.stream().map(ItemView::url).toList();
        if (!line.inputs().equals(urls)) {
            return Optional.of("its inputs are " + line.inputs() + ", its items are of " + urls);
        }
        if (!line.outputs().getFirst().equals(keys(row))) {
            return Optional.of("its outputs are " + line.outputs().getFirst() + ", its items made " + keys(row));
        }
        for (int i = 0; i < renditions.size(); i++) {
            List<String> made = keys(row, renditions.get(i));
            if (!line.outputs().get(i + 1).equals(made)) {
                return Optional.of("its outputs of " + renditions.get(i) + " are "
                        + line.outputs().get(i + 1) + ", its items made " + made);
            }
        }
        return Optional.empty();
    }

    private static List<String> keys(List<ItemView> row) {
        return row.stream()
                .map(item -> item.result().map(result -> result.key().value()).orElse(""))
                .toList();
    }

    private static List<String> keys(List<ItemView> row, String rendition) {
        return row.stream()
                .map(item -> item.result()
                        .flatMap(result -> result.rendition(rendition))
                        .map(ObjectKey::value)
                        .orElse(""))
                .toList();
    }
}
