package dev.halftone.adapters.csv;

import dev.halftone.adapters.csv.text.TextLimits;
import dev.halftone.domain.audit.OutputReader;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.source.SourceReader;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what [CsvManifestWriter] wrote: as a new file, whose delimiter, header and columns are found anew. The
/// places of a cell are what stands between its `, `.
public final class CsvOutputReader implements OutputReader {
    private final SourceReader sources;
    private final ManifestLimits limits;

    /// @param sources as the writer has them
    /// @param limits likewise
    public CsvOutputReader(SourceReader sources, ManifestLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    @Override
    public void read(InputStream csv, int renditions, Each each) throws IOException {
        CsvSheet sheet = CsvSheet.open(csv, TextLimits.of(limits).ofAnySize(), sources, assumption -> {});
        int first = OutputColumns.first(sheet.columns(), 1 + renditions);
        for (Optional<SheetRow> row = sheet.next(); row.isPresent(); row = sheet.next()) {
            if (!row.get().isBlank()) {
                each.row(line(row.get(), sheet.columns().image(), first, 1 + renditions));
            }
        }
    }

    private OutputLine line(SheetRow row, int image, int first, int columns) {
        List<List<String>> outputs = new ArrayList<>();
        for (String cell : row.cells().subList(first, first + columns)) {
            outputs.add(List.of(cell.split(", ", -1)));
        }
        List<String> inputs = ImageCell.split(row.cells().get(image), sources).stream()
                .map(this::asKept)
                .toList();
        return new OutputLine(row.index(), row.line(), inputs, outputs);
    }

    private String asKept(String address) {
        return switch (sources.read(address)) {
            case SourceUrl.Parsed.Valid valid -> valid.url().toString();
            case SourceUrl.Parsed.Invalid invalid -> address;
        };
    }
}
