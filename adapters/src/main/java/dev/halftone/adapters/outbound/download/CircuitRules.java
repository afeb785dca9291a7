package dev.halftone.adapters.outbound.download;

import java.time.Duration;

/// When a host that fails is left alone, and for how long.
///
/// @param failures in a row that open its circuit
/// @param first how long the circuit is open at first, before one request probes the host; twice as long after
/// each probe that fails
/// @param longest the longest time between two probes
/// @param hopeless how long nothing but failures must have come before the host's items fail
/// @param probes how many probes must have failed by then
public record CircuitRules(int failures, Duration first, Duration longest, Duration hopeless, int probes) {

    public static final CircuitRules DEFAULT =
            new CircuitRules(5, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10), 5);

    public CircuitRules {
        if (failures < 1 || probes < 1 || !first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("at least one failure and one probe, and times that grow");
        }
    }

    /// How long the circuit stays open after a probe failed.
    Duration after(Duration before) {
        Duration twice = before.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }
}
