package dev.halftone.adapters.csv;

import dev.halftone.adapters.csv.text.CsvRecords.Line;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import dev.halftone.domain.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Where the number, the name and the images of a product stand.
///
/// @param hasHeader whether the first record is one
/// @param names the header's cells; in a file without header the three expected ones, then empty
/// @param serial index of the column; -1 when there is none
record CsvColumns(boolean hasHeader, List<String> names, int serial, int product, int image) {

    private static final List<String> EXPECTED = List.of("S. No.", "Product Name", "Input Image Urls");

    CsvColumns {
        names = List.copyOf(names);
    }

    /// How much a first record looks like a manifest's: the roles its header names, or an address in third place.
    static int likeness(List<String> first, SourceReader sources) {
        if (anyAddress(first)) {
            return addressInThirdPlace(first, sources) ? 3 : 0;
        }
        List<String> keys = HeaderNames.normalised(first);
        return HeaderNames.ranked(HeaderNames.IMAGE, keys).size() > 0 ? 2 + cover(keys) : cover(keys);
    }

    /// @param first the first record that is not blank
    /// @param sample the first records, this one included
    /// @throws ManifestRefused when a column is missing or there twice
    static CsvColumns of(Line first, List<Line> sample, SourceReader sources, Consumer<Assumption> assumptions) {
        List<String> keys = HeaderNames.normalised(first.cells());
        boolean named = !anyAddress(first.cells())
                && !HeaderNames.ranked(HeaderNames.IMAGE, keys).isEmpty();
        if (named) {
            return byName(first, keys, assumptions);
        }
        if (!isData(first.cells(), sample, sources)) {
            throw noImageColumn(first);
        }
        assumptions.accept(new Assumption(
                first.number(),
                "no_header",
                "Line " + first.number() + " is no header: the first three columns are taken to be " + quoted(EXPECTED)
                        + "."));
        return byPosition(first.cells(), sources);
    }

    /// How many cells a row has.
    int width() {
        return names.size();
    }

    /// The first of the columns at the end that have no name: where addresses spill to when a list of them is not
    /// quoted.
    int spillStart() {
        int start = width();
        while (start > 0 && names.get(start - 1).isBlank()) {
            start--;
        }
        return start;
    }

    /// A column's name for a message.
    String nameOf(int column) {
        return column < width() && !names.get(column).isBlank()
                ? names.get(column).strip()
                : "column " + (column + 1);
    }

    private static CsvColumns byName(Line first, List<String> keys, Consumer<Assumption> assumptions) {
        List<Integer> images = HeaderNames.ranked(HeaderNames.IMAGE, keys);
        List<Integer> products = HeaderNames.ranked(HeaderNames.PRODUCT, keys);
        if (products.isEmpty()) {
            throw new ManifestRefused(
                    Reason.MISSING_COLUMN,
                    first.number(),
                    "The column \"Product Name\" is missing on line " + first.number() + ", which has "
                            + quoted(first.cells()) + ". Expected are the headers " + quoted(EXPECTED) + ".");
        }
        int image = images.getFirst();
        int product = products.getFirst();
        List<Integer> serials = HeaderNames.ranked(HeaderNames.SERIAL, keys).stream()
                .filter(column -> column != product)
                .toList();
        int serial = serials.isEmpty() ? -1 : serials.getFirst();
        for (int column : List.of(image, product)) {
            refuseDouble(first, keys, column);
        }
        tellChoice("images", first, images, serial, assumptions);
        tellChoice("name", first, products, serial, assumptions);
        return new CsvColumns(true, first.cells(), serial, product, image);
    }

    private static void refuseDouble(Line first, List<String> keys, int column) {
        if (keys.indexOf(keys.get(column)) != keys.lastIndexOf(keys.get(column))) {
            throw new ManifestRefused(
                    Reason.DUPLICATE_COLUMN,
                    first.number(),
                    "The column \"" + Shown.of(first.cells().get(column)) + "\" is there twice on line "
                            + first.number() + ". Rename or remove one; several image addresses go into one cell.");
        }
    }

    private static void tellChoice(
            String role, Line first, List<Integer> ranked, int serial, Consumer<Assumption> assumptions) {
        List<String> others = ranked.stream()
                .skip(1)
                .filter(column -> column != serial)
                .map(column -> first.cells().get(column))
                .toList();
        if (!others.isEmpty()) {
            assumptions.accept(new Assumption(
                    first.number(),
                    "column_choice",
                    "The column \"" + Shown.of(first.cells().get(ranked.getFirst())) + "\" is taken for the " + role
                            + ", not " + quoted(others) + "."));
        }
    }

    private static CsvColumns byPosition(List<String> first, SourceReader sources) {
        int width = first.size();
        while (width > 3 && ImageCell.isAddress(first.get(width - 1), sources)) {
            width--;
        }
        List<String> names = new ArrayList<>(EXPECTED);
        while (names.size() < width) {
            names.add("");
        }
        return new CsvColumns(false, names, 0, 1, 2);
    }

    private static boolean isData(List<String> first, List<Line> sample, SourceReader sources) {
        return addressInThirdPlace(first, sources)
                || first.size() >= 3
                        && first.getFirst().strip().matches("\\d{1,18}\\.?")
                        && sample.stream().anyMatch(line -> addressInThirdPlace(line.cells(), sources));
    }

    private static boolean addressInThirdPlace(List<String> cells, SourceReader sources) {
        return cells.size() >= 3 && ImageCell.isAddress(cells.get(2), sources);
    }

    /// No header holds an address, and no path counts here: a column may be called `photo.jpg`.
    private static boolean anyAddress(List<String> cells) {
        return cells.stream().anyMatch(cell -> ImageCell.isAddress(cell, SourceReader.REMOTE));
    }

    private static int cover(List<String> keys) {
        return (HeaderNames.ranked(HeaderNames.PRODUCT, keys).isEmpty() ? 0 : 1)
                + (HeaderNames.ranked(HeaderNames.SERIAL, keys).isEmpty() ? 0 : 1);
    }

    private static ManifestRefused noImageColumn(Line first) {
        List<String> filled =
                first.cells().stream().filter(cell -> !cell.isBlank()).toList();
        boolean wrapped = filled.size() == 1
                && HeaderNames.IMAGE.stream()
                        .anyMatch(
                                HeaderNames.normalised(List.of(filled.getFirst().split("[,;\\t|]")))::contains);
        String advice = wrapped
                ? "Each line seems to stand in quotes as a whole: remove the outer quotes."
                : "Expected are the headers " + quoted(EXPECTED) + ", in any order.";
        return new ManifestRefused(
                Reason.NO_IMAGE_COLUMN,
                first.number(),
                "No column of image addresses is named on line " + first.number() + ", which has " + quoted(filled)
                        + ". " + advice);
    }

    private static String quoted(List<String> cells) {
        String some = cells.stream()
                .limit(12)
                .map(cell -> "\"" + Shown.of(cell) + "\"")
                .collect(Collectors.joining(", "));
        return cells.size() > 12 ? some + ", …" : some;
    }
}
