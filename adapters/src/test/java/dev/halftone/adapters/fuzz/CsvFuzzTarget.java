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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A CSV is read with counts that add up and addresses that stay what they are, and written again, or it is
/// refused.
public final class CsvFuzzTarget {
    private static final ManifestLimits LIMITS = new ManifestLimits(1 << 20, 500, 20, 4096);

    private CsvFuzzTarget() {}

    /// What the reader told.
    private static final class Told implements RowSink {
        private final Map<Integer, Integer> images = new TreeMap<>();
        private long lastLine;

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
        Told told = new Told();
        try {
            ManifestSummary summary = new CsvManifestReader().read(new ByteArrayInputStream(csv), LIMITS, told);
            long images = told.images.values().stream().mapToInt(count -> count).sum();
            require(summary.images() == images, summary + " but " + images + " images came");
            // Some rows are neither: they have a name and no images.
            require(summary.rows() >= told.images.size() + summary.badRows(), summary + " of " + told.images.size());
        } catch (ManifestRefused refused) {
            return;
        }
        OutputRow.Cell cell = new OutputRow.Cell(Optional.of("=1+1"), "completed", Optional.empty(), 2, 1, List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvManifestWriter(SourceUrl::parse, LIMITS)
                .write(
                        new ByteArrayInputStream(csv),
                        index -> new OutputRow(java.util.Collections.nCopies(told.images.getOrDefault(index, 0), cell)),
                        new OutputStyle(true, false),
                        out);
        require(told.images.isEmpty() || out.size() > 0, "rows are written");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
