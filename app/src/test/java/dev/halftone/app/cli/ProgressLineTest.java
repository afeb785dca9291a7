package dev.halftone.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchProgress;
import dev.halftone.domain.batch.BatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Batch batch(BatchProgress progress) {
        return new Batch(
                BatchId.random(new Random(1)),
                BatchState.PROCESSING,
                BatchOptions.DEFAULT,
                4,
                0,
                List.of(),
                progress,
                START,
                START,
                Optional.of(START),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void saysRateTimeLeftSavingsAndFailures() {
        String line = ProgressLine.of(
                batch(new BatchProgress(100, 50, 0, 48, 1, 2, 0, 1000, 400, Map.of())), START.plusSeconds(10));

        assertThat(line)
                .isEqualTo("[████████████░░░░░░░░░░░░]  50 %  50/100 images  5.0/s  10 s left  saved 60 %  2 failed");
    }

    @Test
    void isWholeWhenAllIsDone() {
        String line =
                ProgressLine.of(batch(new BatchProgress(3, 0, 0, 3, 0, 0, 0, 10, 5, Map.of())), START.plusSeconds(1));

        assertThat(line)
                .startsWith("[████████████████████████] 100 %  3/3 images")
                .doesNotContain("left", "failed");
    }

    @Test
    void writesDurationsForPeople() {
        assertThat(ProgressLine.duration(Duration.ofMillis(1400))).isEqualTo("1 s");
        assertThat(ProgressLine.duration(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(ProgressLine.duration(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
    }

    @Test
    void writesBytesForPeople() {
        assertThat(Bytes.text(812)).isEqualTo("812 B");
        assertThat(Bytes.text(1_440)).isEqualTo("1.44 kB");
        assertThat(Bytes.text(999_950)).isEqualTo("1.00 MB");
        assertThat(Bytes.text(25_300_000)).isEqualTo("25.3 MB");
    }
}
