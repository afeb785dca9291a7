package dev.halftone.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One attempt to tell a webhook, as it stands in the log.
///
/// @param number from 1
/// @param next when the next one was to follow
public record DeliveryAttempt(int number, Instant at, Duration took, DeliveryResult result, Optional<Instant> next) {}
