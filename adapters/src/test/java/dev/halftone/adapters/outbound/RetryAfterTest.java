package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "120|120",
                "' 7 '|7",
                "3600|3600",
                "3601|3600",
                "99999999999999999999|3600",
                "Sat, 21 Nov 2026 10:02:00 GMT|120",
                "Saturday, 21-Nov-26 10:02:00 GMT|120",
                "Sat, 21 Nov 2026 09:00:00 GMT|0",
                "Sun, 22 Nov 2026 10:00:00 GMT|3600",
            })
    void readsSecondsAndDatesUpToAnHour(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "10 s", "2026-11-21"})
    void ignoresWhatIsNeither(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
