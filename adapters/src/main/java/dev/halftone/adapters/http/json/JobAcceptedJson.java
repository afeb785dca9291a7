package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.job.ProcessImage;
import org.jspecify.annotations.Nullable;

/// A pipeline became a job.
///
/// @param webhookSecret what the webhook's signatures are made with; given once, when the endpoint is new
public record JobAcceptedJson(
        String jobId,
        String status,
        Links.OfJob links,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String webhookSecret) {

    public static JobAcceptedJson of(ProcessImage.Result.Queued queued, Links links) {
        return new JobAcceptedJson(
                queued.job().id().toString(),
                queued.job().state().wire(),
                links.of(queued.job().id(), queued.job().asset()),
                queued.webhookSecret().map(WebhookSecret::text).orElse(null));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "JobAcceptedJson[…]";
    }
}
