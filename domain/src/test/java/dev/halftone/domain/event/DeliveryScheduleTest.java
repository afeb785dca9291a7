package dev.halftone.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryScheduleTest {
    private final Random random = new Random(1);

    @Test
    void followsItsStepsWithinAFifth() {
        for (int made = 0; made < DeliverySchedule.DEFAULT.steps().size(); made++) {
            Duration step = DeliverySchedule.DEFAULT.steps().get(made);
            assertThat(after(made, Optional.empty()).orElseThrow())
                    .isBetween(
                            step.multipliedBy(8).dividedBy(10),
                            step.multipliedBy(12).dividedBy(10));
        }
        assertThat(after(8, Optional.empty())).isEmpty();
    }

    @Test
    void waitsAsLongAsAskedAtMostAnHour() {
        assertThat(after(1, Optional.of(Duration.ofMinutes(40)))).contains(Duration.ofMinutes(40));
        assertThat(after(1, Optional.of(Duration.ofDays(20)))).contains(Duration.ofHours(1));
        assertThat(after(4, Optional.of(Duration.ofSeconds(1))).orElseThrow()).isGreaterThan(Duration.ofHours(1));
    }

    private Optional<Duration> after(int made, Optional<Duration> asked) {
        return DeliverySchedule.DEFAULT.after(made, asked, random);
    }
}
