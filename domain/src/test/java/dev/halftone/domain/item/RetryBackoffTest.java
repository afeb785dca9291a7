package dev.halftone.domain.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryBackoffTest {
    private static final Failure TIMEOUT = Failure.of(FailureCode.TIMEOUT, "slow");

    private final Random random = new Random(1);

    @Test
    void waitsFourTimesAsLongEachTimeWithinAFifth() {
        for (int i = 0; i < 200; i++) {
            assertThat(millis(1, TIMEOUT)).isBetween(4_000L, 6_000L);
            assertThat(millis(2, TIMEOUT)).isBetween(16_000L, 24_000L);
            assertThat(millis(4, TIMEOUT)).isBetween(256_000L, 384_000L);
        }
    }

    @Test
    void endsAfterTheLastAttemptAndWhereNothingWillChange() {
        assertThat(RetryBackoff.DEFAULT.after(5, TIMEOUT, random)).isEmpty();
        assertThat(RetryBackoff.DEFAULT.after(1, Failure.of(FailureCode.CORRUPT_IMAGE, "cut"), random))
                .isEmpty();
    }

    @Test
    void waitsAsLongAsTheHostAsksButNotForEver() {
        assertThat(millis(1, asking(Duration.ofMinutes(7)))).isEqualTo(420_000);
        assertThat(millis(1, asking(Duration.ofDays(7)))).isEqualTo(3_600_000);
        assertThat(millis(1, asking(Duration.ZERO))).isGreaterThan(3_000);
    }

    /// Whatever the attempt: not before the host said, nor more than five seconds after, the queue's own
    /// included.
    @Test
    void comesBackSoonAfterTheHostSaid() {
        for (int seconds : List.of(0, 1, 2, 5, 30, 3_600)) {
            for (int begun = 1; begun < 5; begun++) {
                assertThat(millis(begun, asking(Duration.ofSeconds(seconds))))
                        .isBetween(seconds * 1_000L, seconds * 1_000L + 4_000);
            }
        }
    }

    @Test
    void neverWaitsLongerThanItsCapOfItsOwnAccord() {
        RetryBackoff many = new RetryBackoff(20, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(1));

        assertThat(many.after(15, TIMEOUT, random).orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(12));
    }

    private long millis(int begun, Failure failure) {
        return RetryBackoff.DEFAULT.after(begun, failure, random).orElseThrow().toMillis();
    }

    private static Failure asking(Duration wait) {
        return Failure.httpStatus(429, Optional.of(wait));
    }
}
