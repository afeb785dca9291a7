package dev.halftone.adapters.csv;

import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.manifest.RowProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns that Halftone adds, and where: behind the last one, or in place of those that an earlier run
/// added.
///
/// @param at where ours begin among the kept columns
/// @param dropped columns of an earlier run
/// @param style which columns there are
record OutputColumns(int at, Set<Integer> dropped, OutputStyle style) {

    private static final String URLS = "Output Image Urls";
    private static final Pattern RENDITION = Pattern.compile("\\s*" + URLS + " \\([a-z0-9_-]+\\)\\s*");
    private static final List<String> DETAILS =
            List.of("Status", "Errors", "Input Bytes", "Output Bytes", "Saved %", "Notes");

    /// The details as the first release wrote them.
    private static final List<String> EARLIER_DETAILS = DETAILS.subList(0, DETAILS.size() - 1);

    /// An earlier run's details are told by standing together behind its addresses: a lone `Status` is the
    /// user's.
    static OutputColumns of(CsvColumns columns, OutputStyle style) {
        List<String> keys = HeaderNames.normalised(columns.names());
        int old = columns.hasHeader() ? keys.indexOf(HeaderNames.normalised(URLS)) : -1;
        if (old < 0) {
            return new OutputColumns(columns.width(), Set.of(), style);
        }
        Set<Integer> dropped = new HashSet<>(Set.of(old));
        int renditions = 0;
        while (old + 1 + renditions < keys.size()
                && RENDITION.matcher(columns.names().get(old + 1 + renditions)).matches()) {
            dropped.add(old + 1 + renditions++);
        }
        int last = old + renditions;
        List<String> behind = keys.subList(last + 1, keys.size());
        int count = Stream.of(DETAILS, EARLIER_DETAILS)
                .map(HeaderNames::normalised)
                .filter(group -> behind.size() >= group.size()
                        && behind.subList(0, group.size()).equals(group))
                .mapToInt(List::size)
                .findFirst()
                .orElse(0);
        for (int column = last + 1; column <= last + count; column++) {
            dropped.add(column);
        }
        return new OutputColumns(old, Set.copyOf(dropped), style);
    }

    /// Where the addresses begin in a file that was written.
    ///
    /// @param written the file's columns
    /// @param addresses how many columns of them there are
    static int first(CsvColumns written, int addresses) {
        int named = HeaderNames.normalised(written.names()).indexOf(HeaderNames.normalised(URLS));
        return written.hasHeader() && named >= 0 ? named : written.width() - addresses;
    }

    List<String> header(List<String> names) {
        List<String> own = new ArrayList<>(List.of(URLS));
        style.renditions().forEach(name -> own.add(URLS + " (" + name + ")"));
        if (style.details()) {
            own.addAll(DETAILS);
        }
        return merged(names, own);
    }

    List<String> blank(SheetRow row) {
        return merged(row.cells(), own(none(), "", "", "", "", "", ""));
    }

    List<String> done(SheetRow row, OutputRow result) {
        List<OutputRow.Cell> cells = result.cells();
        long in = finished(cells).stream().mapToLong(OutputRow.Cell::bytesIn).sum();
        long out = finished(cells).stream().mapToLong(OutputRow.Cell::bytesOut).sum();
        return merged(
                row.cells(),
                own(
                        addresses(cells),
                        status(cells),
                        byImage(cells, cell -> cell.error().orElse("")),
                        in == 0 ? "" : Long.toString(in),
                        out == 0 ? "" : Long.toString(out),
                        in == 0 ? "" : String.format(Locale.ROOT, "%.1f", 100.0 * (in - out) / in),
                        byImage(cells, cell -> String.join("; ", cell.notes()))));
    }

    /// A row that was skipped comes back whole: cells too many stand behind our columns.
    List<String> skipped(SheetRow row, List<RowProblem> problems) {
        String errors = problems.stream()
                .map(problem -> problem.code().wire() + ": " + problem.message())
                .collect(Collectors.joining("; "));
        List<String> cells =
                merged(row.cells(), own(none(), problems.isEmpty() ? "" : "skipped", errors, "", "", "", ""));
        cells.addAll(row.surplus());
        return cells;
    }

    private List<String> own(
            List<String> addresses, String status, String errors, String in, String out, String saved, String notes) {
        List<String> own = new ArrayList<>(addresses);
        if (style.details()) {
            own.addAll(List.of(status, errors, in, out, saved, notes));
        }
        return own;
    }

    /// A cell for the outputs and one for each rendition; position i of each answers input i.
    private List<String> addresses(List<OutputRow.Cell> cells) {
        List<String> addresses = new ArrayList<>();
        addresses.add(joined(cells, cell -> cell.url().orElse("")));
        style.renditions()
                .forEach(name ->
                        addresses.add(joined(cells, cell -> cell.renditions().getOrDefault(name, ""))));
        return addresses;
    }

    private static String joined(List<OutputRow.Cell> cells, Function<OutputRow.Cell, String> address) {
        return cells.stream().map(address).collect(Collectors.joining(", "));
    }

    private List<String> none() {
        return Collections.nCopies(1 + style.renditions().size(), "");
    }

    private List<String> merged(List<String> cells, List<String> own) {
        List<String> all = new ArrayList<>(cells.size() + own.size());
        for (int column = 0; column < cells.size(); column++) {
            if (column == at) {
                all.addAll(own);
            }
            if (!dropped.contains(column)) {
                all.add(cells.get(column));
            }
        }
        if (at >= cells.size()) {
            all.addAll(own);
        }
        return all;
    }

    private static List<OutputRow.Cell> finished(List<OutputRow.Cell> cells) {
        return cells.stream().filter(cell -> cell.url().isPresent()).toList();
    }

    /// One word where all images agree, else one for each by position.
    private static String status(List<OutputRow.Cell> cells) {
        List<String> words = cells.stream().map(OutputRow.Cell::status).toList();
        return words.stream().distinct().count() == 1 ? words.getFirst() : String.join(", ", words);
    }

    /// What there is to say, with the image's number where the row has several.
    private static String byImage(List<OutputRow.Cell> cells, Function<OutputRow.Cell, String> text) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String one = text.apply(cells.get(i));
            if (!one.isEmpty()) {
                said.add(cells.size() == 1 ? one : "image " + (i + 1) + ": " + one);
            }
        }
        return String.join("; ", said);
    }
}
