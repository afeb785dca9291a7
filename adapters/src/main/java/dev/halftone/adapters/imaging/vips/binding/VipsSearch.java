package dev.halftone.adapters.imaging.vips.binding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Finds libvips and loads it. What was loaded stays until the process ends, so each place is tried once.
public final class VipsSearch {
    /// Looks in the usual places.
    public static final String AUTO = "auto";

    /// Looks nowhere.
    public static final String OFF = "off";

    private static final List<String> USUAL = List.of("libvips.so.42", "libvips.42.dylib", "libvips-42.dll");

    private static final Map<String, Found> ANSWERS = new ConcurrentHashMap<>();

    private VipsSearch() {}

    /// What a search ended with.
    public sealed interface Found {
        /// It can be used.
        record Loaded(LibVips library) implements Found {}

        /// It can't.
        ///
        /// @param reason in one line, for an operator
        record Missing(String reason) implements Found {}
    }

    /// @param place `auto`, `off`, the library's file, or a folder that holds it
    public static Found in(String place) {
        return ANSWERS.computeIfAbsent(place, VipsSearch::search);
    }

    private static Found search(String place) {
        return switch (place) {
            case OFF -> new Found.Missing("switched off");
            case AUTO -> first(List.of(usual()), "libvips is not installed");
            default -> {
                Path path = Path.of(place).toAbsolutePath().normalize();
                yield Files.isDirectory(path)
                        ? first(inFolder(path), "no libvips in " + path)
                        : first(List.of(path.toString()), "no library");
            }
        };
    }

    private static String usual() {
        String system = System.getProperty("os.name", "");
        return USUAL.get(system.startsWith("Mac") ? 1 : system.startsWith("Windows") ? 2 : 0);
    }

    /// The plain library before the C++ one, which in some builds holds both.
    private static List<String> inFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("libvips(-cpp|-42)?\\..*(so|dylib|dll).*"
                                    + "|libvips(-cpp)?\\.(so|dylib).*|libvips-42\\.dll"))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString().contains("-cpp"))
                            .thenComparing(Comparator.reverseOrder()))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Found first(List<String> candidates, String none) {
        List<String> reasons = new ArrayList<>();
        for (String candidate : candidates) {
            try {
                return new Found.Loaded(LibVips.open(candidate));
            } catch (IllegalArgumentException | LinkageError e) {
                reasons.add(candidate + ": " + (e.getMessage() == null ? "does not load" : e.getMessage()));
            }
        }
        return new Found.Missing(reasons.isEmpty() ? none : String.join("; ", reasons));
    }
}
