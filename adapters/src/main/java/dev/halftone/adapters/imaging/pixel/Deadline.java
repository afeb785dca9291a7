package dev.halftone.adapters.imaging.pixel;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The moment at which work on one image has to stop. Loops over rows ask it; asking costs some nanoseconds.
public final class Deadline {
    private final LongSupplier nanos;
    private final long end;
    private final Duration allowed;

    private Deadline(LongSupplier nanos, Duration allowed) {
        this.nanos = nanos;
        this.end = nanos.getAsLong() + allowed.toNanos();
        this.allowed = allowed;
    }

    public static Deadline in(Duration allowed) {
        return new Deadline(System::nanoTime, allowed);
    }

    public boolean hasPassed() {
        return nanos.getAsLong() - end > 0;
    }

    /// Time left, negative once the moment has passed.
    public Duration remaining() {
        return Duration.ofNanos(end - nanos.getAsLong());
    }

    /// @throws HalftoneException `processing_timeout` once the moment has passed or the thread was
    ///     interrupted
    public void check() {
        if (hasPassed()) {
            throw HalftoneException.of(
                    FailureCode.PROCESSING_TIMEOUT,
                    "decoding and encoding took longer than " + Math.ceil(allowed.toMillis() / 100.0) / 10 + " s");
        }
    }
}
