package dev.halftone.adapters.csv.text;

import dev.halftone.adapters.csv.text.CsvRecords.Line;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// A CSV opened as text: its encoding and dialect known, its records ready to be read once. Not thread-safe.
public final class CsvText {
    /// How much of the text the dialect is told from, in characters.
    private static final int START = 1 << 16;

    private final CsvDialect dialect;
    private final boolean marked;
    private final CsvRecords records;

    private CsvText(CsvDialect dialect, boolean marked, CsvRecords records) {
        this.dialect = dialect;
        this.marked = marked;
        this.records = records;
    }

    /// @param in not closed
    /// @param likeness how much a first record looks like one of a manifest, from 0; decides between delimiters
    /// @throws ManifestRefused when it is empty or no CSV
    public static CsvText open(
            InputStream in, TextLimits limits, ToIntFunction<List<String>> likeness, Consumer<Assumption> assumptions)
            throws IOException {
        CsvDecoder decoder = new CsvDecoder(in, limits.maxBytes(), assumptions);
        char[] start = new char[START];
        int length = fill(decoder, start);
        CsvDialect dialect = CsvDialect.sniff(new String(start, 0, length), length < START, limits, likeness);
        int skipped = dialect.separatorLength();
        LineCounter lines = new LineCounter();
        for (int i = 0; i < skipped; i++) {
            lines.see(start[i]);
        }
        if (dialect.separatorLine().isEmpty() && dialect.delimiter() != ',') {
            assumptions.accept(new Assumption(
                    1, "delimiter", "The cells are taken to be separated by " + nameOf(dialect.delimiter()) + "."));
        }
        PushbackReader text = new PushbackReader(decoder, START);
        text.unread(start, skipped, length - skipped);
        return new CsvText(dialect, decoder.isMarked(), new CsvRecords(text, dialect.delimiter(), limits, lines));
    }

    public Optional<Line> next() throws IOException {
        return records.next();
    }

    /// The first records, which [#next] gives as well.
    public List<Line> sample() {
        return dialect.sample();
    }

    public char delimiter() {
        return dialect.delimiter();
    }

    /// `\n`, `\r\n` or `\r`: how the first line ends.
    public String lineEnd() {
        return dialect.lineEnd();
    }

    /// A leading `sep=;` line as written, without its line end.
    public Optional<String> separatorLine() {
        return dialect.separatorLine();
    }

    /// Whether the file began with a byte order mark.
    public boolean isMarked() {
        return marked;
    }

    private static int fill(Reader reader, char[] into) throws IOException {
        int length = 0;
        int got;
        while (length < into.length && (got = reader.read(into, length, into.length - length)) > 0) {
            length += got;
        }
        return length;
    }

    private static String nameOf(char delimiter) {
        return switch (delimiter) {
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "vertical bars";
            default -> "'" + delimiter + "'";
        };
    }
}
