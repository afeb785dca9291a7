package dev.halftone.adapters.csv;

import dev.halftone.adapters.csv.text.TextLimits;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestWriter;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.source.SourceReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Writes an upload again: its rows, order, delimiter, columns and line ends, with the results beside them.
/// UTF-8 comes out, with a byte order mark when the upload had one. A file without header gets none. Quotes
/// stand only where a cell needs them. Passwords in addresses that were refused are starred out.
public final class CsvManifestWriter implements ManifestWriter {
    private final SourceReader sources;
    private final ManifestLimits limits;

    /// For what [CsvManifestReader#CsvManifestReader()] reads.
    public CsvManifestWriter() {
        this(SourceReader.REMOTE, ManifestLimits.DEFAULT);
    }

    /// @param sources as the reader has them
    /// @param limits as the upload was read with: they say again why a row was skipped
    public CsvManifestWriter(SourceReader sources, ManifestLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    @Override
    public void write(InputStream upload, RowResults results, OutputStyle style, OutputStream out) throws IOException {
        CsvSheet sheet = CsvSheet.open(upload, TextLimits.of(limits).ofAnySize(), sources, assumption -> {});
        RowRules rules = new RowRules(sheet.columns(), limits, sources, assumption -> {});
        OutputColumns columns = OutputColumns.of(sheet.columns(), style);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 15);
        CsvLines lines =
                new CsvLines(writer, sheet.text().delimiter(), sheet.text().lineEnd(), !style.raw());
        if (sheet.text().isMarked()) {
            writer.write('\uFEFF');
        }
        if (sheet.text().separatorLine().isPresent()) {
            writer.write(sheet.text().separatorLine().get() + sheet.text().lineEnd());
        }
        if (sheet.columns().hasHeader()) {
            lines.write(columns.header(sheet.columns().names()));
        }
        for (Optional<SheetRow> row = sheet.next(); row.isPresent(); row = sheet.next()) {
            SheetRow shown = row.get().withoutPasswords(sheet.columns().image(), sources);
            lines.write(written(shown, rules, columns, results));
        }
        writer.flush();
    }

    private static List<String> written(SheetRow row, RowRules rules, OutputColumns columns, RowResults results) {
        if (row.isBlank()) {
            return columns.blank(row);
        }
        List<RowProblem> problems = columns.style().details() && rules.judge(row) instanceof RowRules.Judged.Bad bad
                ? bad.problems()
                : List.of();
        OutputRow result = results.row(row.index());
        return result.cells().isEmpty() ? columns.skipped(row, problems) : columns.done(row, result);
    }
}
