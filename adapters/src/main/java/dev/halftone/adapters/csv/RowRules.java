package dev.halftone.adapters.csv;

import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowProblem.Code;
import dev.halftone.domain.source.SourceReader;
import dev.halftone.domain.source.SourceUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Judges the rows of one sheet, in their order: a row is usable, or has everything that is wrong with it listed.
/// Remembers the product above, which continuation rows belong to. Not thread-safe.
final class RowRules {
    private final CsvColumns columns;
    private final ManifestLimits limits;
    private final SourceReader sources;
    private final Consumer<Assumption> assumptions;
    private final Set<String> assumed = new HashSet<>();
    private Optional<Product> above = Optional.empty();

    private record Product(String serial, String name) {}

    /// What a row is.
    sealed interface Judged {
        record Usable(Row row) implements Judged {}

        /// @param problems at least one
        record Bad(List<RowProblem> problems) implements Judged {}

        /// A continuation row without images: a variant of the product above.
        record WithoutImages() implements Judged {}
    }

    RowRules(CsvColumns columns, ManifestLimits limits, SourceReader sources, Consumer<Assumption> assumptions) {
        this.columns = columns;
        this.limits = limits;
        this.sources = sources;
        this.assumptions = assumptions;
    }

    /// @param row not blank
    Judged judge(SheetRow row) {
        List<RowProblem> problems = new ArrayList<>();
        checkText(row, problems);
        String serial = columns.serial() < 0 ? "" : trimmed(row.cells().get(columns.serial()));
        String name = trimmed(row.cells().get(columns.product()));
        boolean continuation = continues(serial, name);
        if (!continuation) {
            above = name.isBlank() ? Optional.empty() : Optional.of(new Product(serial, name));
        }
        boolean tooShort = row.present() < needed();
        String cell = row.cells().get(columns.image());
        boolean withoutImages = continuation && cell.isBlank();
        if (tooShort && !withoutImages) {
            problems.add(shortRow(row));
        } else if (above.isEmpty()) {
            problems.add(problem(row, columns.product(), Code.MISSING_NAME, "the product name is blank"));
        }
        List<SourceUrl> images = tooShort ? List.of() : images(row, cell, withoutImages, problems);
        if (!problems.isEmpty()) {
            return new Judged.Bad(List.copyOf(problems));
        }
        if (withoutImages) {
            return new Judged.WithoutImages();
        }
        tellOnce(row, continuation);
        return new Judged.Usable(
                new Row(row.index(), row.line(), serial, above.orElseThrow().name(), continuation, images));
    }

    /// No name, and no number or the number of the product above.
    private boolean continues(String serial, String name) {
        return name.isBlank()
                && above.map(product -> serial.isBlank() || serial.equals(product.serial()))
                        .orElse(false);
    }

    private void checkText(SheetRow row, List<RowProblem> problems) {
        for (int column = 0; column < row.cells().size(); column++) {
            String cell = row.cells().get(column);
            if (cell.indexOf('\0') >= 0) {
                problems.add(problem(row, column, Code.NUL_CHARACTER, "the cell holds a NUL character; remove it"));
            }
            if (cell.length() > limits.maxCellLength()) {
                problems.add(problem(
                        row,
                        column,
                        Code.CELL_TOO_LONG,
                        "the cell has " + cell.length() + " characters, the limit is " + limits.maxCellLength()));
            }
        }
        if (!row.surplus().isEmpty()) {
            problems.add(new RowProblem(
                    row.index(),
                    row.line(),
                    Optional.empty(),
                    Code.SURPLUS_FIELDS,
                    "the row has " + row.surplus().size() + " more cells than there are columns, the first is \""
                            + Shown.of(row.surplus().getFirst()) + "\"; put cells with a delimiter in quotes"));
        }
    }

    private List<SourceUrl> images(SheetRow row, String cell, boolean mayBeBlank, List<RowProblem> problems) {
        if (cell.length() > limits.maxCellLength() || cell.indexOf('\0') >= 0) {
            return List.of();
        }
        List<String> written = ImageCell.split(cell, sources);
        if (written.isEmpty() && !mayBeBlank) {
            problems.add(problem(row, columns.image(), Code.MISSING_URL, "the cell holds no image address"));
        }
        if (written.size() > limits.maxUrlsPerRow()) {
            problems.add(problem(
                    row,
                    columns.image(),
                    Code.TOO_MANY_URLS,
                    "the cell holds " + written.size() + " image addresses, the limit is " + limits.maxUrlsPerRow()));
            return List.of();
        }
        List<SourceUrl> images = new ArrayList<>(written.size());
        for (String address : written) {
            switch (sources.read(address)) {
                case SourceUrl.Parsed.Valid(SourceUrl url, boolean repaired) -> {
                    images.add(url);
                    if (repaired) {
                        tellRepaired(row, address);
                    }
                }
                case SourceUrl.Parsed.Invalid(String reason) ->
                    problems.add(problem(
                            row, columns.image(), Code.INVALID_URL, "\"" + Shown.of(address) + "\": " + reason));
            }
        }
        return images;
    }

    private RowProblem shortRow(SheetRow row) {
        return problem(
                row,
                columns.image(),
                Code.SHORT_ROW,
                "the row has " + row.present() + (row.present() == 1 ? " cell" : " cells")
                        + ", name and images need at least " + needed());
    }

    private int needed() {
        return Math.max(columns.image(), columns.product()) + 1;
    }

    private RowProblem problem(SheetRow row, int column, Code code, String message) {
        return new RowProblem(row.index(), row.line(), Optional.of(Shown.of(columns.nameOf(column))), code, message);
    }

    private void tellOnce(SheetRow row, boolean continuation) {
        if (row.spilled() && assumed.add("unquoted_urls")) {
            tell(
                    row,
                    "unquoted_urls",
                    "addresses in the cells behind the images are taken for more images; quote the list"
                            + " to be safe");
        }
        if (continuation && assumed.add("continuation")) {
            tell(row, "continuation", "the row has no name of its own: its images go to the product above");
        }
    }

    private void tellRepaired(SheetRow row, String address) {
        if (assumed.add("repaired_url")) {
            tell(
                    row,
                    "repaired_url",
                    "characters that no address may hold are percent-encoded in \"" + Shown.of(address) + "\"");
        }
    }

    private void tell(SheetRow row, String code, String what) {
        assumptions.accept(new Assumption(
                row.line(), code, "Line " + row.line() + ": " + what + ". The same goes for further such rows."));
    }

    /// Spaces only: a TAB at the start of a name is part of it, and told on the way out.
    private static String trimmed(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && Character.isSpaceChar(cell.charAt(from))) {
            from++;
        }
        while (to > from && Character.isSpaceChar(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }
}
