package dev.halftone.domain.event;

import java.time.Duration;
import java.util.Optional;

/// How one attempt to tell a webhook ended.
public sealed interface DeliveryResult {

    /// The receiver answered 2xx.
    record Accepted(int status) implements DeliveryResult {}

    /// The receiver answered anything else; 410 means it wants no more.
    ///
    /// @param retryAfter how long it asked to wait
    record Refused(int status, Optional<Duration> retryAfter) implements DeliveryResult {}

    /// No answer was had.
    ///
    /// @param reason a failure code's wire form, such as `timeout` or `blocked_address`
    record Unreachable(String reason) implements DeliveryResult {}
}
