package dev.halftone.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchProgressTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void paceComesFromWhatEnded() {
        BatchProgress progress = new BatchProgress(100, 70, 5, 20, 3, 5, 0, 1000, 400, Map.of());

        assertThat(progress.finished()).isEqualTo(25);
        assertThat(progress.savedPercent()).hasValue(60.0);
        assertThat(progress.itemsPerSecond(START, START.plusSeconds(10))).hasValue(2.5);
        assertThat(progress.remaining(START, START.plusSeconds(10))).contains(Duration.ofSeconds(30));
    }

    @Test
    void saysNothingBeforeAnythingEnded() {
        BatchProgress progress = new BatchProgress(2, 2, 0, 0, 0, 0, 0, 0, 0, Map.of());

        assertThat(progress.savedPercent()).isEmpty();
        assertThat(progress.remaining(START, START.plusSeconds(10))).isEmpty();
    }

    @Test
    void countsThatDoNotAddUpCanNotBe() {
        assertThatThrownBy(() -> new BatchProgress(3, 1, 0, 1, 0, 0, 0, 0, 0, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
