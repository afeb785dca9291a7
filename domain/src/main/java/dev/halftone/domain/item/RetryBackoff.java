package dev.halftone.domain.item;

import dev.halftone.domain.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a failed item is tried again: `first · 4ⁿ`, spread by a fifth to either side, so that a host that was
/// down is not met by everyone at once. A host that says how long to wait is believed, up to [#longestAsked]:
/// it is not asked before, nor more than [#BEYOND_ASKED] later.
///
/// @param attempts how often an item is begun in all
/// @param first the wait after the first attempt
/// @param longest the longest wait of our own
/// @param longestAsked the longest wait a host is granted, at a time, and in all for an item that is put off
/// untried
public record RetryBackoff(int attempts, Duration first, Duration longest, Duration longestAsked) {

    public static final RetryBackoff DEFAULT =
            new RetryBackoff(5, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(1));

    /// How much later than the host said it is asked again at most.
    public static final Duration BEYOND_ASKED = Duration.ofSeconds(4);

    private static final double SPREAD = 0.2;

    public RetryBackoff {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("at least one attempt, and waits that grow");
        }
    }

    /// The wait before the next attempt; empty when there is none.
    ///
    /// @param begun how often the item was begun so far, at least 1
    public Optional<Duration> after(int begun, Failure failure, RandomGenerator random) {
        if (!failure.retryable() || begun >= attempts) {
            return Optional.empty();
        }
        double millis = Math.min(longest.toMillis(), first.toMillis() * Math.pow(4, begun - 1));
        double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
        long own = Math.round(millis * spread);
        long wait = failure.retryAfter()
                .map(asked -> Math.min(longestAsked.toMillis(), asked.toMillis()))
                .map(asked -> Math.clamp(own, asked, asked + BEYOND_ASKED.toMillis()))
                .orElse(own);
        return Optional.of(Duration.ofMillis(wait));
    }
}
