package dev.halftone.adapters.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether the service can do its work.
///
/// @param missing what it waits for, in words; empty when it is ready
/// @param lastPoll when its worker last looked at the queue with success
public record Readiness(List<String> missing, Optional<Instant> lastPoll) {

    public Readiness {
        missing = List.copyOf(missing);
    }
}
