package dev.halftone.adapters.csv.text;

import dev.halftone.adapters.csv.text.CsvRecords.Line;
import dev.halftone.domain.manifest.ManifestRefused;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a CSV is written.
///
/// @param separatorLine a leading `sep=;` line as written, its line end left out: Excel's way to name the delimiter
/// @param lineEnd of the first line; LF where there is one line only
/// @param sample the first records
record CsvDialect(char delimiter, Optional<String> separatorLine, String lineEnd, List<Line> sample) {
    static final int SAMPLE_RECORDS = 20;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("(?i)\\A(\"?)sep=([\\t\\p{Punct}&&[^\"]])\\1[ ,;\\t]*(\\r\\n|\\r|\\n)");

    /// @param start of the text, without byte order mark
    /// @param whole whether that is all of it
    /// @param likeness how much a first record looks like one of a manifest, from 0
    static CsvDialect sniff(String start, boolean whole, TextLimits limits, ToIntFunction<List<String>> likeness)
            throws IOException {
        Matcher named = SEPARATOR_LINE.matcher(start);
        if (named.find()) {
            String line = named.group().substring(0, named.start(3));
            String body = start.substring(named.end());
            Sampled sampled = sample(body, named.group(2).charAt(0), whole, limits);
            return new CsvDialect(named.group(2).charAt(0), Optional.of(line), named.group(3), sampled.lines());
        }
        char best = DELIMITERS[0];
        Sampled bestSample = sample(start, best, whole, limits);
        double bestScore = score(bestSample.lines(), likeness);
        for (int i = 1; i < DELIMITERS.length; i++) {
            Sampled sampled = sample(start, DELIMITERS[i], whole, limits);
            double score = score(sampled.lines(), likeness);
            if (score > bestScore) {
                best = DELIMITERS[i];
                bestSample = sampled;
                bestScore = score;
            }
        }
        return new CsvDialect(best, Optional.empty(), bestSample.lineEnd(), bestSample.lines());
    }

    /// Length of the separator line with its line end.
    int separatorLength() {
        return separatorLine.map(line -> line.length() + lineEnd.length()).orElse(0);
    }

    private record Sampled(List<Line> lines, String lineEnd) {}

    private static Sampled sample(String text, char delimiter, boolean whole, TextLimits limits) throws IOException {
        CsvRecords records = new CsvRecords(new StringReader(text), delimiter, limits, new LineCounter());
        List<Line> lines = new ArrayList<>();
        boolean more = true;
        try {
            while (more && lines.size() < SAMPLE_RECORDS) {
                more = records.next().map(lines::add).orElse(false);
            }
        } catch (ManifestRefused mistake) {
            // The reading proper says so again, where it matters: with another delimiter it may be none. What
            // was read before it is whole.
            more = true;
        }
        if (!more && !whole && lines.size() > 1) {
            lines.removeLast();
        }
        return new Sampled(List.copyOf(lines), records.firstLineEnd());
    }

    /// Whether a line holds more than white space and what may be delimiters.
    private static boolean isFilled(Line line) {
        return line.cells().stream()
                .flatMapToInt(String::chars)
                .anyMatch(c -> !Character.isWhitespace(c) && ",;|".indexOf(c) < 0);
    }

    /// What the first record says counts most, then whether the records are of one width.
    private static double score(List<Line> lines, ToIntFunction<List<String>> likeness) {
        List<Line> filled = lines.stream().filter(CsvDialect::isFilled).toList();
        if (filled.isEmpty()) {
            return 0;
        }
        int width = filled.getFirst().cells().size();
        long same = filled.stream().filter(line -> line.cells().size() == width).count();
        double evenness = width < 2 ? 0 : (double) same / filled.size();
        return 1000.0 * likeness.applyAsInt(filled.getFirst().cells()) + 100 * evenness + Math.min(width, 50);
    }
}
