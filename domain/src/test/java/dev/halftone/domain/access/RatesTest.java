package dev.halftone.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Rates<String> rates = new Rates<>(now::get);

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private int allowed(String who, int aMinute, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += rates.take(who, aMinute).isEmpty() ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void allowsABurstAndThenTheRate() {
        assertThat(allowed("a", 60, 100)).isEqualTo(60);
        pass(Duration.ofSeconds(10));
        assertThat(allowed("a", 60, 100)).isEqualTo(10);
        pass(Duration.ofHours(1));
        assertThat(allowed("a", 60, 100)).isEqualTo(60);
    }

    @Test
    void saysHowLongToWaitAndThatIsEnough() {
        allowed("a", 6, 6);

        Duration wait = rates.take("a", 6).orElseThrow();
        assertThat(wait).isEqualTo(Duration.ofSeconds(10));
        pass(wait.minusMillis(1));
        assertThat(rates.take("a", 6)).isPresent();
        pass(Duration.ofMillis(2));
        assertThat(rates.take("a", 6)).isEmpty();
    }

    @Test
    void countsEachForItself() {
        assertThat(allowed("a", 3, 9)).isEqualTo(3);
        assertThat(allowed("b", 3, 9)).isEqualTo(3);
    }

    @Test
    void noughtIsNoLimit() {
        assertThat(allowed("a", 0, 10_000)).isEqualTo(10_000);
    }

    @Test
    void aClockThatIsSetBackGivesNothingAway() {
        allowed("a", 60, 60);
        pass(Duration.ofHours(-1));
        assertThat(rates.take("a", 60)).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(allowed("a", 60, 5)).isEqualTo(1);
    }

    @Test
    void forgetsThoseWhoDoNotAskAnyMore() {
        for (int i = 0; i < 10_000; i++) {
            rates.take("visitor " + i, 30);
        }
        pass(Duration.ofMinutes(2));
        rates.take("one more", 30);

        assertThat(rates.known()).isEqualTo(1);
    }
}
