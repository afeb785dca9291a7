package dev.halftone.adapters.outbound.download;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which hosts asked to be left alone, and until when. Remembers the last ten thousand, so that a list of hostile
/// hosts can't fill the memory. Thread-safe.
final class HostPauses {
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Instant> until = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    HostPauses(InstantSource clock) {
        this.clock = clock;
    }

    /// Of two requests to wait the longer one counts.
    synchronized void pause(String host, Duration wait) {
        Instant end = clock.instant().plus(wait);
        until.merge(host, end, (known, asked) -> known.isAfter(asked) ? known : asked);
    }

    /// @return how long the host still wants to be left alone; zero when it does not
    synchronized Duration left(String host) {
        Instant end = until.get(host);
        if (end == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), end);
        if (left.isPositive()) {
            return left;
        }
        until.remove(host);
        return Duration.ZERO;
    }
}
