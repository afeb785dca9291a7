package dev.halftone.adapters.postgres;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void tellsTheDatabasesTimeWhateverTheMachinesClockSays() {
        assertThat(new DatabaseClock(NOON.minus(1, DAYS)).instant())
                .isCloseTo(NOON.minus(1, DAYS), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void followsADatabaseThatIsAhead() {
        DatabaseClock clock = new DatabaseClock(NOON);
        clock.sync(NOON.plusSeconds(90), Duration.ofMillis(2));
        assertThat(clock.instant()).isAfterOrEqualTo(NOON.plusSeconds(90));
    }

    @Test
    void followsADatabaseThatIsBehind() {
        DatabaseClock clock = new DatabaseClock(NOON);
        clock.sync(NOON.minusSeconds(90), Duration.ofMillis(2));
        assertThat(clock.instant()).isBefore(NOON.minusSeconds(60));
    }

    @Test
    void isNotSetBackByAnAnswerThatWasLongOnItsWay() {
        DatabaseClock clock = new DatabaseClock(NOON);
        clock.sync(NOON.minusSeconds(20), Duration.ofSeconds(25));
        assertThat(clock.instant()).isAfterOrEqualTo(NOON);
    }
}
