package dev.halftone.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How an attempt went, and when the next one follows.
///
/// @param next empty when none does
public record AttemptEnd(Instant at, Duration took, DeliveryResult result, Optional<Instant> next) {
    private static final int GONE = 410;

    public boolean succeeded() {
        return result instanceof DeliveryResult.Accepted;
    }

    /// Whether the receiver said that it wants no more.
    public boolean gone() {
        return result instanceof DeliveryResult.Refused refused && refused.status() == GONE;
    }
}
