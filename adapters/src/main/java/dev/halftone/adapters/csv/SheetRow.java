package dev.halftone.adapters.csv;

import dev.halftone.domain.source.SourceReader;
import java.util.ArrayList;
import java.util.List;

/// One record laid out under the columns.
///
/// @param index from 0 over the rows that are not blank; -1 for a blank one
/// @param line the physical line that it begins on, from 1
/// @param cells one for each column; addresses that had spilled out of the image cell are back in it
/// @param surplus what stands behind the last column and is neither blank nor an address
/// @param present how many cells the record had
/// @param spilled whether addresses were moved
record SheetRow(int index, long line, List<String> cells, List<String> surplus, int present, boolean spilled) {

    static final int BLANK = -1;

    SheetRow {
        cells = List.copyOf(cells);
        surplus = List.copyOf(surplus);
    }

    boolean isBlank() {
        return index == BLANK;
    }

    /// The row with the passwords in its image cell starred out: an output travels further than its upload.
    SheetRow withoutPasswords(int image, SourceReader sources) {
        List<String> shown = new ArrayList<>(cells);
        shown.set(image, ImageCell.withoutPasswords(shown.get(image), sources));
        return new SheetRow(index, line, shown, surplus, present, spilled);
    }

    static SheetRow of(int index, long line, List<String> raw, CsvColumns columns, SourceReader sources) {
        List<String> cells = new ArrayList<>(raw);
        while (cells.size() > columns.width() && cells.getLast().isBlank()) {
            cells.removeLast();
        }
        boolean spilled = closeGap(cells, columns, sources) || gatherSpill(cells, columns, sources);
        List<String> surplus = List.of();
        if (cells.size() > columns.width()) {
            List<String> behind = cells.subList(columns.width(), cells.size());
            surplus = behind.stream().filter(cell -> !cell.isBlank()).toList();
            behind.clear();
        }
        while (cells.size() < columns.width()) {
            cells.add("");
        }
        return new SheetRow(index, line, cells, surplus, raw.size(), spilled);
    }

    /// An unquoted list pushes what follows it to the right: as many addresses behind the image cell as there are
    /// cells too many belong to it.
    private static boolean closeGap(List<String> cells, CsvColumns columns, SourceReader sources) {
        int tooMany = cells.size() - columns.width();
        if (tooMany <= 0) {
            return false;
        }
        List<String> pushed = cells.subList(columns.image() + 1, columns.image() + 1 + tooMany);
        String image = cells.get(columns.image());
        if (!pushed.stream().allMatch(cell -> ImageCell.continuesList(image, cell, sources))) {
            return false;
        }
        String joined = join(image, pushed);
        pushed.clear();
        cells.set(columns.image(), joined);
        return true;
    }

    /// A spreadsheet that saves such a file adds nameless columns: addresses in those belong to the image cell.
    private static boolean gatherSpill(List<String> cells, CsvColumns columns, SourceReader sources) {
        List<String> spill = new ArrayList<>();
        for (int i = Math.max(columns.spillStart(), columns.image() + 1); i < cells.size(); i++) {
            if (ImageCell.continuesList(cells.get(columns.image()), cells.get(i), sources)) {
                spill.add(cells.set(i, ""));
            }
        }
        if (spill.isEmpty()) {
            return false;
        }
        cells.set(columns.image(), join(cells.get(columns.image()), spill));
        return true;
    }

    private static String join(String first, List<String> rest) {
        List<String> parts = new ArrayList<>();
        if (!first.isBlank()) {
            parts.add(first.strip());
        }
        rest.forEach(part -> parts.add(part.strip()));
        return String.join(", ", parts);
    }
}
