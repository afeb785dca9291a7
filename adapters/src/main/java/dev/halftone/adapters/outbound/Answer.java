package dev.halftone.adapters.outbound;

import java.time.Duration;
import java.util.Optional;

/// What a host answered to one request.
///
/// @param location where a redirect leads, as written
/// @param retryAfter how long the host asked to wait, at most an hour
/// @param body the whole body of a 2xx answer to a `GET`, what was read of one to a `POST`, else empty; shared,
/// never changed
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, Optional<String> location, Optional<Duration> retryAfter, byte[] body) {

    /// Whether the status is 2xx.
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// Whether the status sends a `GET` elsewhere (RFC 9110 section 15.4).
    public boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> location.isPresent();
            default -> false;
        };
    }
}
