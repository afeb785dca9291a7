package dev.halftone.adapters.csv;

import dev.halftone.adapters.csv.text.TextLimits;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestReader;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.source.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads CSVs as people and shops write them: any usual encoding, delimiter, header and way to list images.
public final class CsvManifestReader implements ManifestReader {
    private final SourceReader sources;

    /// For addresses on the web.
    public CsvManifestReader() {
        this(SourceReader.REMOTE);
    }

    /// @param sources what may be an image's address
    public CsvManifestReader(SourceReader sources) {
        this.sources = sources;
    }

    @Override
    public ManifestSummary read(InputStream csv, ManifestLimits limits, RowSink sink) throws IOException {
        CsvSheet sheet = CsvSheet.open(csv, TextLimits.of(limits), sources, sink::assumption);
        RowRules rules = new RowRules(sheet.columns(), limits, sources, sink::assumption);
        Tally tally = new Tally();
        for (Optional<SheetRow> row = sheet.next(); row.isPresent(); row = sheet.next()) {
            if (row.get().isBlank()) {
                continue;
            }
            tally.countRow(row.get().line(), limits);
            switch (rules.judge(row.get())) {
                case RowRules.Judged.Usable(Row usable) -> {
                    tally.count(usable, limits);
                    sink.row(usable);
                }
                case RowRules.Judged.Bad bad -> {
                    tally.badRows++;
                    bad.problems().forEach(sink::problem);
                }
                case RowRules.Judged.WithoutImages() -> {}
            }
        }
        return tally.summary();
    }

    private static final class Tally {
        private long rows;
        private long products;
        private long images;
        private long badRows;

        void countRow(long line, ManifestLimits limits) {
            rows++;
            if (rows > limits.maxRows()) {
                throw new ManifestRefused(
                        Reason.TOO_MANY_ROWS,
                        line,
                        "At line " + line + " the file has more than " + limits.maxRows()
                                + " rows. Split it, or have the operator raise HALFTONE_MAX_ROWS.");
            }
        }

        void count(Row row, ManifestLimits limits) {
            products += row.continuation() ? 0 : 1;
            images += row.images().size();
            if (images > limits.maxItems()) {
                throw new ManifestRefused(
                        Reason.TOO_MANY_ITEMS,
                        row.line(),
                        "By line " + row.line() + " the file holds more than " + limits.maxItems()
                                + " images. Split it, or have the operator raise HALFTONE_MAX_ITEMS.");
            }
        }

        ManifestSummary summary() {
            if (rows == 0) {
                throw new ManifestRefused(Reason.NO_ROWS, "The file has a header and no rows below it.");
            }
            return new ManifestSummary(rows, products, images, badRows);
        }
    }
}
