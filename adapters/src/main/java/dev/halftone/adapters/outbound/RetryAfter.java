package dev.halftone.adapters.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/// Reads the `Retry-After` header (RFC 9110 section 10.2.3): seconds, or an HTTP date.
final class RetryAfter {
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /// @return from zero to an hour; empty for what is neither a number of seconds nor a date
    static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        if (text.matches("[0-9]+")) {
            return Optional.of(text.length() > 6 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text)).map(date -> bounded(Duration.between(now, date)));
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
