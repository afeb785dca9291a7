package dev.halftone.adapters.csv.text;

import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// A CSV's records one after another, empty lines included. Not thread-safe.
public final class CsvRecords {
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final long linesBefore;

    /// One record.
    ///
    /// @param number the physical line that it begins on, from 1
    public record Line(long number, List<String> cells) {

        /// Whether no cell holds anything but white space.
        public boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    /// @param lines at the place where `text` starts
    CsvRecords(Reader text, char delimiter, TextLimits limits, LineCounter lines) throws IOException {
        this.linesBefore = lines.line();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
        this.parser = CSVParser.builder()
                .setReader(new QuoteGuard(text, delimiter, limits, lines))
                .setFormat(format)
                .get();
        this.records = parser.iterator();
    }

    /// `\n`, `\r\n` or `\r`: how the first line read so far ends; LF while there is none.
    String firstLineEnd() {
        String lineEnd = parser.getFirstEndOfLine();
        return lineEnd == null ? "\n" : lineEnd;
    }

    /// @throws ManifestRefused when the rest can't be read as CSV
    public Optional<Line> next() throws IOException {
        long number = linesBefore + parser.getCurrentLineNumber();
        try {
            return records.hasNext()
                    ? Optional.of(new Line(number, List.of(records.next().values())))
                    : Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new ManifestRefused(
                        Reason.MALFORMED_QUOTE, number, "Line " + number + " is not CSV: its quotes do not match.");
            }
            throw e.getCause();
        }
    }
}
