package dev.halftone.adapters.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sweeps against everything that puts and names objects: none that a row names is lost.
class SweepRaceTest {
    @TempDir
    private Path folder;

    @Test
    void losesNoLiveObject() throws Exception {
        race(20261121, 40);
    }

    @Test
    @Tag("faults")
    void losesNoLiveObjectInMinutes() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            race(seed, 120);
        }
    }

    private void race(long seed, int batches) throws Exception {
        try (SweepRace race = new SweepRace(folder.resolve("" + seed), seed)) {
            race.run(batches);
            race.settle();
            assertThat(race.submitted.get()).as(race.toString()).isPositive();
            assertThat(race.swept.get()).as(race.toString()).isPositive();
            Files.writeString(
                    Files.createDirectories(Path.of("target/faults")).resolve("sweeps.txt"),
                    race + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
