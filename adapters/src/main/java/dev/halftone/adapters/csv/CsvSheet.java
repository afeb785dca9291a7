package dev.halftone.adapters.csv;

import dev.halftone.adapters.csv.text.CsvRecords.Line;
import dev.halftone.adapters.csv.text.CsvText;
import dev.halftone.adapters.csv.text.TextLimits;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import dev.halftone.domain.source.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/// A CSV as columns and rows, read once from top to bottom. Reader and writer both walk it, so that a row's index
/// means the same to them. Empty lines are passed over; rows of blank cells are given, without an index. What is
/// blank above the header is passed over. Not thread-safe.
final class CsvSheet {
    private final CsvText text;
    private final CsvColumns columns;
    private final SourceReader sources;
    private Optional<Line> pending;
    private int nextIndex;

    private CsvSheet(CsvText text, CsvColumns columns, SourceReader sources, Optional<Line> pending) {
        this.text = text;
        this.columns = columns;
        this.sources = sources;
        this.pending = pending;
    }

    /// @throws ManifestRefused when the file is no CSV or lacks a column
    static CsvSheet open(InputStream csv, TextLimits limits, SourceReader sources, Consumer<Assumption> assumptions)
            throws IOException {
        CsvText text = CsvText.open(csv, limits, first -> CsvColumns.likeness(first, sources), assumptions);
        Optional<Line> first = text.next();
        while (first.isPresent() && first.get().isBlank()) {
            first = text.next();
        }
        Line top =
                first.orElseThrow(() -> new ManifestRefused(Reason.EMPTY, "The file holds nothing but blank lines."));
        CsvColumns columns = CsvColumns.of(top, text.sample(), sources, assumptions);
        return new CsvSheet(text, columns, sources, columns.hasHeader() ? Optional.empty() : first);
    }

    CsvText text() {
        return text;
    }

    CsvColumns columns() {
        return columns;
    }

    Optional<SheetRow> next() throws IOException {
        Optional<Line> line = pending.isPresent() ? pending : text.next();
        pending = Optional.empty();
        while (line.isPresent() && line.get().cells().size() == 1 && line.get().isBlank()) {
            line = text.next();
        }
        return line.map(this::laidOut);
    }

    private SheetRow laidOut(Line line) {
        int index = line.isBlank() ? SheetRow.BLANK : nextIndex++;
        return SheetRow.of(index, line.number(), line.cells(), columns, sources);
    }
}
