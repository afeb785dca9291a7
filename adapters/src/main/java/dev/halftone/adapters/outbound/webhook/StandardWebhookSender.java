package dev.halftone.adapters.outbound.webhook;

import dev.halftone.adapters.outbound.Answer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.EventSender;
import dev.halftone.domain.event.WebhookMessage;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.failure.HalftoneException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Posts one signed message and tells how the receiver answered. A redirect is an answer like any other and is
/// never followed: it would carry the message to somebody who was not asked for.
public final class StandardWebhookSender implements EventSender {
    /// Time for one attempt, everything included.
    public static final Duration TIME = Duration.ofSeconds(15);

    private final GuardedHttp http;
    private final InstantSource clock;
    private final Duration time;

    /// @param clock stamps each attempt
    public StandardWebhookSender(GuardedHttp http, InstantSource clock, Duration time) {
        this.http = http;
        this.clock = clock;
        this.time = time;
    }

    @Override
    public DeliveryResult send(WebhookMessage message) throws InterruptedException {
        Instant attempted = clock.instant();
        String signature = WebhookSignature.header(
                message.secrets().stream().map(WebhookSecret::new).toList(), message.id(), attempted, message.body());
        Map<String, String> headers = Map.of(
                "webhook-id", message.id(),
                "webhook-timestamp", Long.toString(attempted.getEpochSecond()),
                "webhook-signature", signature);
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        try {
            Answer answer = http.post(message.endpoint(), headers, "application/json", body, time);
            return answer.isSuccess()
                    ? new DeliveryResult.Accepted(answer.status(), AnswerText.of(answer.body()))
                    : new DeliveryResult.Refused(answer.status(), answer.retryAfter(), AnswerText.of(answer.body()));
        } catch (HalftoneException e) {
            return new DeliveryResult.Unreachable(e.failure().code().wire());
        }
    }
}
