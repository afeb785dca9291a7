package dev.halftone.domain.event.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndpointTurnsTest {
    private static final SourceUrl SLOW = new SourceUrl(URI.create("https://hooks.example/slow"));
    private static final SourceUrl OTHER = new SourceUrl(URI.create("https://hooks.example/other"));

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final EndpointTurns turns = new EndpointTurns(2, () -> now);

    @Test
    void givesEachEndpointSoManyTurns() {
        assertThat(turns.enter(SLOW)).isEmpty();
        assertThat(turns.enter(SLOW)).isEmpty();
        assertThat(turns.enter(SLOW)).isPresent();
        assertThat(turns.enter(OTHER)).isEmpty();

        turns.leave(SLOW, Duration.ofSeconds(1));
        assertThat(turns.enter(SLOW)).isEmpty();
    }

    @Test
    void spreadsThoseWhoWaitAtTheReceiversPace() {
        turns.enter(SLOW);
        turns.enter(SLOW);
        turns.leave(SLOW, Duration.ofSeconds(10));
        turns.enter(SLOW);

        assertThat(turns.enter(SLOW)).contains(now.plusSeconds(5));
        assertThat(turns.enter(SLOW)).contains(now.plusSeconds(10));
        now = now.plusSeconds(60);
        assertThat(turns.enter(SLOW)).contains(now.plusSeconds(5));
    }

    @Test
    void letsNobodyWaitForMoreThanAMinute() {
        turns.enter(SLOW);
        turns.enter(SLOW);
        turns.leave(SLOW, Duration.ofSeconds(15));
        turns.enter(SLOW);

        for (int i = 0; i < 1_000; i++) {
            assertThat(turns.enter(SLOW).orElseThrow()).isBetween(now, now.plusSeconds(60));
        }
    }

    @Test
    void knowsWhoHasNoTurn() {
        assertThatThrownBy(() -> turns.leave(SLOW, Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }
}
