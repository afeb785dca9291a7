package dev.halftone.domain.batch;

import dev.halftone.domain.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How far a batch is. The five counts of items always add up to the total.
///
/// @param completed ended well, kept originals among them
/// @param keptOriginal of the completed ones, those delivered as they came
/// @param bytesIn bytes of the sources of completed items
/// @param bytesOut bytes delivered for them
/// @param failures failed items by code
public record BatchProgress(
        long total,
        long pending,
        long processing,
        long completed,
        long keptOriginal,
        long failed,
        long cancelled,
        long bytesIn,
        long bytesOut,
        Map<FailureCode, Long> failures) {

    public BatchProgress {
        if (pending + processing + completed + failed + cancelled != total) {
            throw new IllegalArgumentException("the counts do not add up to " + total);
        }
        failures = Map.copyOf(failures);
    }

    public long finished() {
        return completed + failed + cancelled;
    }

    /// Share of the bytes saved, in per cent; empty before anything completed.
    public OptionalDouble savedPercent() {
        return bytesIn == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (bytesIn - bytesOut) / bytesIn);
    }

    /// Items ended per second since the batch started.
    public OptionalDouble itemsPerSecond(Instant started, Instant now) {
        double seconds = Duration.between(started, now).toMillis() / 1000.0;
        return finished() == 0 || seconds <= 0 ? OptionalDouble.empty() : OptionalDouble.of(finished() / seconds);
    }

    /// How long the rest takes at the pace so far.
    public Optional<Duration> remaining(Instant started, Instant now) {
        OptionalDouble rate = itemsPerSecond(started, now);
        return rate.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round((total - finished()) / rate.getAsDouble() * 1000)));
    }
}
