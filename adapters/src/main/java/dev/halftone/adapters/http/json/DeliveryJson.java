package dev.halftone.adapters.http.json;

import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryAttempt;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.failure.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The telling of one event to one webhook, with all attempts.
///
/// @param messageId what the receiver sees as `webhook-id`
/// @param endpointStatus `active` or `disabled`
/// @param nextAttemptAt while it waits
public record DeliveryJson(
        String deliveryId,
        String messageId,
        String type,
        String status,
        String endpointId,
        String url,
        String endpointStatus,
        String createdAt,
        @Nullable String endedAt,
        @Nullable String nextAttemptAt,
        List<AttemptJson> attempts,
        Links.OfDelivery links) {

    /// @param status of the answer; null when none was had
    /// @param error a failure code; null when the attempt succeeded
    /// @param answer how the answer begins
    /// @param nextAttemptAt when the next one was to follow; null when none was
    public record AttemptJson(
            int number,
            String at,
            long durationMs,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String answer,
            @Nullable String nextAttemptAt) {

        static AttemptJson of(DeliveryAttempt attempt) {
            @Nullable Integer status = null;
            @Nullable String error = null;
            String answer = "";
            switch (attempt.result()) {
                case DeliveryResult.Accepted accepted -> {
                    status = accepted.status();
                    answer = accepted.answer();
                }
                case DeliveryResult.Refused refused -> {
                    status = refused.status();
                    error = FailureCode.HTTP_STATUS.wire();
                    answer = refused.answer();
                }
                case DeliveryResult.Unreachable unreachable -> error = unreachable.reason();
            }
            return new AttemptJson(
                    attempt.number(),
                    Json.instant(attempt.at()),
                    attempt.took().toMillis(),
                    status,
                    error,
                    answer.isEmpty() ? null : answer,
                    attempt.next().map(Json::instant).orElse(null));
        }
    }

    /// @param nextCursor asks for the page after; null on the last one
    public record Page(
            List<DeliveryJson> deliveries, @Nullable String nextCursor) {}

    public static DeliveryJson of(Delivery delivery, Links links) {
        boolean waits = delivery.state() == Delivery.State.WAITING;
        return new DeliveryJson(
                delivery.id().toString(),
                delivery.messageId(),
                delivery.type(),
                delivery.state().wire(),
                delivery.webhook().toString(),
                delivery.endpoint().toString(),
                delivery.endpointDisabled() ? "disabled" : "active",
                Json.instant(delivery.created()),
                delivery.ended().map(Json::instant).orElse(null),
                waits ? Json.instant(delivery.nextAttempt()) : null,
                delivery.attempts().stream().map(AttemptJson::of).toList(),
                links.of(delivery));
    }
}
