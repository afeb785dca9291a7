package dev.halftone.adapters.csv;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// Writes records with as few quotes as RFC 4180 allows, so that an output differs from its upload in the new
/// columns only. (CSVPrinter's minimal mode quotes more, such as an empty first cell.) Not thread-safe.
final class CsvLines {
    private final Writer out;
    private final char delimiter;
    private final String lineEnd;
    private final boolean guarded;

    /// @param guarded whether cells that a spreadsheet would run are made plain text
    CsvLines(Writer out, char delimiter, String lineEnd, boolean guarded) {
        this.out = out;
        this.delimiter = delimiter;
        this.lineEnd = lineEnd;
        this.guarded = guarded;
    }

    void write(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(delimiter);
            }
            cell(guarded ? FormulaGuard.guarded(cells.get(i)) : cells.get(i));
        }
        out.write(lineEnd);
    }

    private void cell(String text) throws IOException {
        if (needsQuotes(text)) {
            out.write('"');
            out.write(text.replace("\"", "\"\""));
            out.write('"');
        } else {
            out.write(text);
        }
    }

    /// White space at the ends is quoted because many readers trim it off otherwise.
    private boolean needsQuotes(String text) {
        if (text.isEmpty()) {
            return false;
        }
        return text.indexOf(delimiter) >= 0
                || text.indexOf('"') >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0
                || Character.isWhitespace(text.charAt(0))
                || Character.isWhitespace(text.charAt(text.length() - 1));
    }
}
