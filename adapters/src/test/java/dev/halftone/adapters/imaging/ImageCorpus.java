package dev.halftone.adapters.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The shared corpus of real, odd and hostile images, where it lies beside the checkout.
final class ImageCorpus {
    private static final Path FOLDER = Path.of(System.getProperty("halftone.root", ".."))
            .resolve("../shared/corpora")
            .normalize();

    /// A line of the manifest.
    ///
    /// @param shownWidth after orientation; empty where it is not known
    /// @param grid nine mean colours in sRGB over white, rows first
    record Entry(
            String path,
            String what,
            String kind,
            Optional<Integer> shownWidth,
            Optional<Integer> shownHeight,
            Optional<String> grid) {

        byte[] bytes() throws IOException {
            return Files.readAllBytes(FOLDER.resolve(path));
        }

        @Override
        public String toString() {
            return path + " (" + kind + ": " + what + ")";
        }
    }

    private ImageCorpus() {}

    static boolean isThere() {
        return Files.isRegularFile(FOLDER.resolve("MANIFEST.tsv"));
    }

    static List<Entry> images() throws IOException {
        return Files.readAllLines(FOLDER.resolve("MANIFEST.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[0].matches("(photos|formats|exif-orientation|hostile|jpeg-conformance)/.*"))
                .filter(cells -> !cells[6].equals("companion"))
                .map(cells -> new Entry(
                        cells[0],
                        cells[5],
                        cells[6],
                        number(cells[10]),
                        number(cells[11]),
                        Optional.of(cells[12]).filter(grid -> grid.length() == 54)))
                .toList();
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d+") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
