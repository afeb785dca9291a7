package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.event.endpoint.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An address that is told of events, and how it fares. Its secret is not in here.
///
/// @param status `active` or `disabled`
/// @param disabledReason `gone` or `failing`
/// @param explanation of the reason, and what to do
/// @param failingSince the first of the failures that no success has ended
/// @param oldSecretUntil until when a replaced secret signs beside the new one
public record EndpointJson(
        String endpointId,
        String url,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disabledAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disabledReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String explanation,
        @Nullable String failingSince,
        @Nullable String lastFailureAt,
        @Nullable String oldSecretUntil,
        String createdAt,
        Links.OfEndpoint links) {

    /// @param nextCursor asks for the page after; null on the last one
    public record Page(
            List<EndpointJson> webhooks, @Nullable String nextCursor) {}

    /// An endpoint with the secret it was just given, this once.
    public record Rotated(@JsonUnwrapped EndpointJson endpoint, String webhookSecret) {
        public static Rotated of(Webhook webhook, WebhookSecret secret, Links links) {
            return new Rotated(EndpointJson.of(webhook, links), secret.text());
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "Rotated[…]";
        }
    }

    public static EndpointJson of(Webhook webhook, Links links) {
        Links.OfEndpoint of = links.of(webhook);
        return new EndpointJson(
                webhook.id().toString(),
                webhook.url().toString(),
                webhook.disabled().isPresent() ? "disabled" : "active",
                webhook.disabled()
                        .map(disabled -> Json.instant(disabled.since()))
                        .orElse(null),
                webhook.disabled().map(disabled -> disabled.reason().wire()).orElse(null),
                webhook.disabled()
                        .map(disabled -> disabled.reason().explanation() + " Once the receiver works again, POST "
                                + of.enable() + ".")
                        .orElse(null),
                webhook.failingSince().map(Json::instant).orElse(null),
                webhook.lastFailure().map(Json::instant).orElse(null),
                webhook.oldSecretUntil().map(Json::instant).orElse(null),
                Json.instant(webhook.created()),
                of);
    }
}
