package dev.halftone.adapters.fuzz;

import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.source.SourceUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A CSV is read with counts that add up and addresses that stay what they are, and written again, or it is
/// refused.
public final class CsvFuzzTarget {
    private static final ManifestLimits LIMITS = new ManifestLimits(1 << 20, 500, 20, 4096);

    /// Begins as a formula does.
    private static final String OUTPUT = "=1+1#made-here";

    private CsvFuzzTarget() {}

    /// What the reader told.
    private static final class Told implements RowSink {
        private final Map<Integer, Integer> images = new TreeMap<>();
        private long lastLine;

        private long images() {
            return images.values().stream().mapToInt(count -> count).sum();
        }

        @Override
        public void row(Row row) {
            require(images.put(row.index(), row.images().size()) == null, "a row comes once");
            require(!row.images().isEmpty() && row.line() >= lastLine, "rows have images and go on");
            lastLine = row.line();
            for (SourceUrl url : row.images()) {
                boolean same = SourceUrl.parse(url.toString())
                                instanceof SourceUrl.Parsed.Valid(SourceUrl again, boolean repaired)
                        && !repaired
                        && again.equals(url);
                require(same, "an address that was read is read again as it is: " + url);
            }
        }

        @Override
        public void problem(RowProblem problem) {
            require(problem.line() > 0 && !problem.message().isBlank(), "a problem says where and what");
        }

        @Override
        public void assumption(Assumption assumption) {
            require(!assumption.message().isBlank(), "an assumption says what");
        }
    }

    public static void fuzzerTestOneInput(byte[] csv) throws IOException {
        boolean _ = isTaken(csv);
    }

    /// Whether the input was taken, with an image at least, rather than refused.
    static boolean isTaken(byte[] csv) throws IOException {
        Told told = new Told();
        try {
            ManifestSummary summary = new CsvManifestReader().read(new ByteArrayInputStream(csv), LIMITS, told);
            require(summary.images() == told.images(), summary + " but " + told.images() + " images came");
            // Some rows are neither: they have a name and no images.
            require(summary.rows() >= told.images.size() + summary.badRows(), summary + " of " + told.images.size());
        } catch (ManifestRefused refused) {
            return false;
        }
        OutputRow.Cell cell = new OutputRow.Cell(Optional.of(OUTPUT), "completed", Optional.empty(), 2, 1, List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvManifestWriter(SourceUrl::parse, LIMITS)
                .write(
                        new ByteArrayInputStream(csv),
                        index -> new OutputRow(java.util.Collections.nCopies(told.images.getOrDefault(index, 0), cell)),
                        new OutputStyle(true, false),
                        out);
        String text = out.toString(StandardCharsets.UTF_8);
        require(count(text, OUTPUT) >= told.images(), "every image has its output: " + text);
        require(count(text, "'" + OUTPUT) >= told.images.size(), "no spreadsheet runs what comes out: " + text);
        return !told.images.isEmpty();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
