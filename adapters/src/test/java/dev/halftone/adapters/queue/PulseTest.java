package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private long now = 1L << 60;
    private final Pulse pulse = new Pulse(() -> now);

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void isNotFreshTenSecondsAfterTheLastBeat() {
        pass(9);
        assertThat(pulse.isFresh()).isTrue();
        pass(1);
        assertThat(pulse.isFresh()).isFalse();
        pulse.beat();
        assertThat(pulse.isFresh()).isTrue();
    }

    @Test
    void aNewNodeJudgesAtOnce() {
        assertThat(pulse.hearsOthers()).isTrue();
        pass(3);
        pulse.beat();
        assertThat(pulse.hearsOthers()).isTrue();
    }

    @Test
    void judgesNobodyForTenSecondsAfterItWasCutOff() {
        pass(30);
        assertThat(pulse.hearsOthers()).as("still cut off").isFalse();
        pulse.beat();
        assertThat(pulse.hearsOthers()).isFalse();
        for (int beat = 0; beat < 3; beat++) {
            pass(3);
            pulse.beat();
            assertThat(pulse.hearsOthers()).isFalse();
        }
        pass(1);
        assertThat(pulse.hearsOthers()).isTrue();
    }
}
