package dev.halftone.app.config;

import dev.halftone.domain.batch.Retention;
import java.time.Duration;
import java.util.Optional;

/// How long what is kept is kept.
///
/// @param retention of batches that don't say so themselves
/// @param sweepAfter how old an object without a row is when it is deleted; empty to leave it
public record KeepingConfig(Retention retention, Optional<Duration> sweepAfter) {}
