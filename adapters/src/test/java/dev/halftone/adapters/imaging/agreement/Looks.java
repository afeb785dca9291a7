package dev.halftone.adapters.imaging.agreement;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The file of what pictures look like: a line for each case and engine.
record Looks(Map<Key, Appearance> lines) {
    private static final String FILE = "looks.tsv";
    private static final String HEADER = "case\tengine\tsize\thash\tcells on white, AARRGGBB";

    record Key(String name, String engine) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = name.compareTo(other.name);
            return order == 0 ? engine.compareTo(other.engine) : order;
        }

        @Override
        public String toString() {
            return name + " (" + engine + ")";
        }
    }

    static boolean isToBeWritten() {
        return System.getProperty("halftone.looks", "").equals("write");
    }

    static Looks none() {
        return new Looks(new TreeMap<>());
    }

    static Looks read() throws IOException {
        Looks looks = none();
        try (InputStream in = Looks.class.getResourceAsStream(FILE)) {
            if (in != null) {
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .skip(1)
                        .map(line -> List.of(line.split("\t")))
                        .forEach(cells -> looks.put(
                                cells.get(0),
                                cells.get(1),
                                Appearance.parse(cells.subList(2, 5)).orElseThrow()));
            }
        }
        return looks;
    }

    void put(String name, String engine, Appearance look) {
        lines.put(new Key(name, engine), look);
    }

    void write() throws IOException {
        List<String> text = new ArrayList<>(List.of(HEADER));
        lines.forEach((key, look) -> text.add(key.name() + '\t' + key.engine() + '\t' + look.line()));
        Path folder = Path.of(System.getProperty("halftone.root", "."), "adapters", "src", "test", "resources")
                .resolve(Looks.class.getPackageName().replace('.', '/'));
        Files.createDirectories(folder);
        Files.write(folder.resolve(FILE), text);
    }

    List<String> differencesTo(Looks reviewed, int bits, double colour, int alpha) {
        Set<Key> keys = new TreeSet<>(lines.keySet());
        keys.addAll(reviewed.lines.keySet());
        List<String> problems = new ArrayList<>();
        for (Key key : keys) {
            if (!lines.containsKey(key)) {
                problems.add(key + " is in the file, but was not made");
            } else if (!reviewed.lines.containsKey(key)) {
                problems.add(key + " is not in the file: write it with -Dhalftone.looks=write and look at it");
            } else {
                difference(
                                Objects.requireNonNull(lines.get(key)),
                                Objects.requireNonNull(reviewed.lines.get(key)),
                                bits,
                                colour,
                                alpha)
                        .ifPresent(difference -> problems.add(key + " and the reviewed one " + difference));
            }
        }
        return problems;
    }

    /// How two pictures that should look alike differ.
    static Optional<String> difference(Appearance one, Appearance other, int bits, double colour, int alpha) {
        if (!one.size().equals(other.size())) {
            return Optional.of("have " + one.size() + " and " + other.size() + " pixels");
        }
        int different = one.hash().distance(other.hash());
        double colours = one.colourDistance(other);
        int alphas = one.alphaDistance(other);
        return different > bits || colours > colour || alphas > alpha
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "differ in %d bits, their colours by %.2f, their alpha by %d",
                        different,
                        colours,
                        alphas))
                : Optional.empty();
    }
}
