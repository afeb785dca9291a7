package dev.halftone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void deletesWhatAKilledProcessLeft() throws Exception {
        Path stale = file("MultiPart1", Duration.ofMinutes(61));
        Path fresh = file("MultiPart2", Duration.ofMinutes(59));
        Path inside = Files.createDirectory(folder.resolve("folder"));
        Files.setLastModifiedTime(inside, FileTime.from(NOW.minus(Duration.ofDays(9))));

        Spool.sweep(folder, InstantSource.fixed(NOW));

        assertThat(stale).doesNotExist();
        assertThat(fresh).exists();
        assertThat(inside).exists();
    }

    private Path file(String name, Duration age) throws Exception {
        Path file = Files.write(folder.resolve(name), new byte[1]);
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }
}
