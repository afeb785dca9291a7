package dev.halftone.domain.event;

import java.time.Duration;
import java.util.Optional;

/// How one attempt to tell a webhook ended.
public sealed interface DeliveryResult {

    /// The receiver answered 2xx.
    ///
    /// @param answer how its answer begins, as text for people
    record Accepted(int status, String answer) implements DeliveryResult {
        public Accepted(int status) {
            this(status, "");
        }
    }

    /// The receiver answered anything else; 410 means it wants no more.
    ///
    /// @param retryAfter how long it asked to wait
    /// @param answer how its answer begins, as text for people
    record Refused(int status, Optional<Duration> retryAfter, String answer) implements DeliveryResult {
        public Refused(int status, Optional<Duration> retryAfter) {
            this(status, retryAfter, "");
        }
    }

    /// No answer was had.
    ///
    /// @param reason a failure code's wire form, such as `timeout` or `blocked_address`
    record Unreachable(String reason) implements DeliveryResult {}
}
