package dev.halftone.adapters.imaging.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The shared corpus beside the repository, where it is present.
public final class Corpus {
    public static final Path FOLDER = Path.of(System.getProperty("halftone.root", "."), "..", "shared", "corpora");

    private Corpus() {}

    /// One line of the manifest.
    ///
    /// @param shownWidth 0 where the manifest does not say
    /// @param grid nine mean colours as RRGGBB, or empty
    public record Entry(
            String path,
            String kind,
            String expected,
            int shownWidth,
            int shownHeight,
            List<String> grid,
            String djpeg) {

        public byte[] bytes() {
            try {
                return Files.readAllBytes(FOLDER.resolve(path));
            } catch (IOException e) {
                throw new AssertionError("the corpus names " + path + ", which is not there", e);
            }
        }
    }

    public static boolean isPresent() {
        return Files.isRegularFile(FOLDER.resolve("MANIFEST.tsv"));
    }

    /// @throws IllegalArgumentException where the manifest has no such file
    public static Entry named(String path) {
        try {
            return images().stream()
                    .filter(entry -> entry.path().equals(path))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(path));
        } catch (IOException e) {
            throw new AssertionError("the corpus has no manifest", e);
        }
    }

    public static List<Entry> images() throws IOException {
        return Files.readAllLines(FOLDER.resolve("MANIFEST.tsv")).stream()
                .skip(1)
                .map(line -> Arrays.asList(line.split("\t", -1)))
                .filter(cells -> !cells.getFirst().startsWith("csv/"))
                .map(Corpus::entry)
                .toList();
    }

    private static Entry entry(List<String> cells) {
        String grid = cells.get(12);
        List<String> colours = grid.length() == 54
                ? java.util.stream.IntStream.range(0, 9)
                        .mapToObj(i -> grid.substring(6 * i, 6 * i + 6))
                        .toList()
                : List.of();
        return new Entry(
                cells.get(0),
                cells.get(6),
                cells.get(7),
                number(cells.get(10)),
                number(cells.get(11)),
                colours,
                cells.get(13));
    }

    private static int number(String cell) {
        return cell.isBlank() ? 0 : Integer.parseInt(cell.strip());
    }
}
