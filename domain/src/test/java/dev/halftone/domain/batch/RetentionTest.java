package dev.halftone.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    @ParameterizedTest
    @CsvSource({
        "30d, PT720H, 30d",
        "48h, PT48H, 2d",
        "36h, PT36H, 36h",
        "90m, PT90M, 90m",
        "60s, PT1M, 1m",
        "61s, PT61S, 61s",
        "0, PT0S, 0",
        "0d, PT0S, 0",
        "3650d, PT87600H, 3650d"
    })
    void readsAndWritesTimes(String text, Duration time, String wire) {
        Retention read = Retention.parse(text).orElseThrow();
        assertThat(read.time()).isEqualTo(time);
        assertThat(read.wire()).isEqualTo(wire);
        assertThat(Retention.parse(wire)).contains(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d", "30", "-1d", "1.5d", "30 d", "3651d", "999999999d", "1w", "P30D", "٣d"})
    void refusesOtherForms(String text) {
        assertThat(Retention.parse(text)).isEmpty();
    }

    @Test
    void refusesWhatIsNoTimeToKeep() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Retention(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Retention(Duration.ofMillis(1_500)));
        assertThat(Retention.FOR_GOOD.isForGood()).isTrue();
    }
}
