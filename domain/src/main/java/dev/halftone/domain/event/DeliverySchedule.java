package dev.halftone.domain.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a webhook is told, and told again: the wait before each attempt, spread by a fifth to either side. A
/// receiver that asks for a longer wait gets it, up to an hour.
public record DeliverySchedule(List<Duration> steps) {

    public static final DeliverySchedule DEFAULT = new DeliverySchedule(List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10)));

    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
    private static final double SPREAD = 0.2;

    public DeliverySchedule {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a schedule has at least one step");
        }
    }

    /// The wait before the next attempt; empty when the schedule has run out.
    ///
    /// @param made attempts so far
    /// @param asked how long the receiver asked to wait
    public Optional<Duration> after(int made, Optional<Duration> asked, RandomGenerator random) {
        if (made >= steps.size()) {
            return Optional.empty();
        }
        double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
        long own = Math.round(steps.get(made).toMillis() * spread);
        long wanted = asked.map(wait -> wait.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : wait)
                .map(Duration::toMillis)
                .orElse(0L);
        return Optional.of(Duration.ofMillis(Math.max(own, wanted)));
    }
}
