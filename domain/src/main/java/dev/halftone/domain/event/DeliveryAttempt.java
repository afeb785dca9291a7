package dev.halftone.domain.event;

import java.time.Duration;
import java.time.Instant;

/// One attempt to tell a webhook, as it stands in the log.
///
/// @param number from 1
public record DeliveryAttempt(int number, Instant at, Duration took, DeliveryResult result) {}
