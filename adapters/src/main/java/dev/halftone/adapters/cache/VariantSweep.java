package dev.halftone.adapters.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes through the folder of variants: takes away what is over, and tells what is left.
final class VariantSweep {
    /// How the name of a file ends that is being written.
    static final String PART = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(VariantSweep.class);
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;
    private final Duration lifetime;
    private final InstantSource clock;
    private final Consumer<String> delete;

    /// @param delete takes a variant away, by its name
    VariantSweep(Path root, Duration lifetime, InstantSource clock, Consumer<String> delete) {
        this.root = root;
        this.lifetime = lifetime;
        this.clock = clock;
        this.delete = delete;
    }

    private record Found(String name, long size, FileTime used) {}

    /// @return sizes by name, the longest unused first
    Map<String, Long> run() {
        Instant now = clock.instant();
        List<Found> found = new ArrayList<>();
        try {
            Files.createDirectories(root);
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(Files::isRegularFile).forEach(file -> look(file, now, found));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the folder of cached pictures can't be read: {}", e.toString());
        }
        found.sort(Comparator.comparing(Found::used));
        Map<String, Long> older = new LinkedHashMap<>();
        found.forEach(one -> older.put(one.name(), one.size()));
        return older;
    }

    /// What nobody asked for within a lifetime was made longer ago than that.
    private void look(Path file, Instant now, List<Found> found) {
        try {
            FileTime used = Files.getLastModifiedTime(file);
            Duration idle = Duration.between(used.toInstant(), now);
            String name = file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
            if (file.toString().endsWith(PART)) {
                if (idle.compareTo(ABANDONED) > 0) {
                    Files.deleteIfExists(file);
                }
            } else if (idle.compareTo(lifetime) >= 0) {
                delete.accept(name);
            } else {
                found.add(new Found(name, Files.size(file), used));
            }
        } catch (IOException gone) {
            // Another one took it away.
        }
    }
}
