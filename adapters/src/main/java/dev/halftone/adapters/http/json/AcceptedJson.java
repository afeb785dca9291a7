package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.event.WebhookSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A CSV was taken.
///
/// @param skippedRows how many bad rows were left out because that was asked for
/// @param webhookSecret what the webhook's signatures are made with; given once, when the endpoint is new
public record AcceptedJson(
        String requestId,
        String status,
        long totalProducts,
        long totalImages,
        long skippedRows,
        List<WarningJson> warnings,
        Links.OfBatch links,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String webhookSecret) {

    public static AcceptedJson of(SubmitBatch.Result.Accepted accepted, Links links) {
        return new AcceptedJson(
                accepted.batch().id().toString(),
                accepted.batch().state().wire(),
                accepted.batch().products(),
                accepted.batch().progress().total(),
                accepted.batch().skippedRows(),
                WarningJson.of(accepted.batch().assumptions()),
                links.of(accepted.batch().id()),
                accepted.webhookSecret().map(WebhookSecret::text).orElse(null));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "AcceptedJson[…]";
    }
}
