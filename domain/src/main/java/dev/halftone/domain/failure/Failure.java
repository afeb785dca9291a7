package dev.halftone.domain.failure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What went wrong with one image, as a value: the code to act on, and what was found in one line for a person
/// to read.
///
/// @param code what kind of failure
/// @param detail expected against found, never with an internal address, a path or a secret in it
/// @param retryable whether a later attempt may succeed
/// @param retryAfter how long the other side asked to wait
public record Failure(FailureCode code, String detail, boolean retryable, Optional<Duration> retryAfter) {

    public Failure {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(retryAfter);
    }

    public static Failure of(FailureCode code, String detail) {
        return new Failure(code, detail, code.retryable(), Optional.empty());
    }

    /// An HTTP answer other than success. 408, 425, 429 and the 5xx that pass are worth another attempt.
    public static Failure httpStatus(int status, Optional<Duration> retryAfter) {
        boolean passing = switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
        return new Failure(FailureCode.HTTP_STATUS, "the host answered " + status, passing, retryAfter);
    }
}
