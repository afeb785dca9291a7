package dev.halftone.adapters.csv;

import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.source.SourceReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// All that came of reading a CSV, through the port.
record Reading(
        List<Row> rows,
        List<RowProblem> problems,
        List<Assumption> assumptions,
        Optional<ManifestSummary> summary,
        Optional<ManifestRefused> refused) {

    static Reading of(String csv) {
        return of(csv.getBytes(StandardCharsets.UTF_8));
    }

    static Reading of(byte[] csv) {
        return of(csv, ManifestLimits.DEFAULT, SourceReader.REMOTE);
    }

    static Reading of(String csv, ManifestLimits limits) {
        return of(csv.getBytes(StandardCharsets.UTF_8), limits, SourceReader.REMOTE);
    }

    static Reading of(byte[] csv, ManifestLimits limits, SourceReader sources) {
        List<Row> rows = new ArrayList<>();
        List<RowProblem> problems = new ArrayList<>();
        List<Assumption> assumptions = new ArrayList<>();
        RowSink sink = new RowSink() {
            @Override
            public void row(Row row) {
                rows.add(row);
            }

            @Override
            public void problem(RowProblem problem) {
                problems.add(problem);
            }

            @Override
            public void assumption(Assumption assumption) {
                assumptions.add(assumption);
            }
        };
        Optional<ManifestSummary> summary = Optional.empty();
        Optional<ManifestRefused> refused = Optional.empty();
        try {
            summary = Optional.of(new CsvManifestReader(sources).read(new ByteArrayInputStream(csv), limits, sink));
        } catch (ManifestRefused e) {
            refused = Optional.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reading(rows, problems, assumptions, summary, refused);
    }

    /// Serial, name and addresses of each row.
    List<List<Object>> table() {
        return rows.stream()
                .map(row -> List.<Object>of(row.serial(), row.product(), urls(row)))
                .toList();
    }

    static List<String> urls(Row row) {
        return row.images().stream().map(Object::toString).toList();
    }

    /// Addresses of all rows.
    List<String> urls() {
        return rows.stream().flatMap(row -> urls(row).stream()).toList();
    }

    /// `line code` of each problem.
    List<String> problemsByLine() {
        return problems.stream()
                .map(problem -> problem.line() + " " + problem.code().wire())
                .toList();
    }

    List<String> assumed() {
        return assumptions.stream()
                .map(assumption -> assumption.line() + " " + assumption.code())
                .toList();
    }

    ManifestRefused refusal() {
        return refused.orElseThrow(() -> new AssertionError("not refused but read: " + this));
    }

    /// The output CSV when every image came out as `out/<row index>-<position>`.
    static String exported(byte[] csv, OutputStyle style) {
        Map<Integer, Integer> images = of(csv).rows().stream()
                .collect(Collectors.toMap(Row::index, row -> row.images().size()));
        return exported(
                csv,
                style,
                index -> new OutputRow(IntStream.rangeClosed(1, images.getOrDefault(index, 0))
                        .mapToObj(position -> new OutputRow.Cell(
                                Optional.of("http://o/" + index + "-" + position + ".jpg"),
                                "completed",
                                Optional.empty(),
                                1000,
                                400,
                                List.of()))
                        .toList()));
    }

    static String exported(
            byte[] csv, OutputStyle style, dev.halftone.domain.manifest.ManifestWriter.RowResults results) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new CsvManifestWriter().write(new ByteArrayInputStream(csv), results, style, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static String exported(String csv) {
        return exported(csv.getBytes(StandardCharsets.UTF_8), OutputStyle.PLAIN);
    }
}
