package dev.halftone.domain.event;

import dev.halftone.domain.source.SourceUrl;
import java.util.List;

/// One message to one endpoint.
///
/// @param id constant over all attempts; holds no `.`
/// @param secrets each `whsec_` and base64, the keys of the signatures, at least one
/// @param body the exact text that is signed and sent
public record WebhookMessage(String id, SourceUrl endpoint, List<String> secrets, String body) {

    public WebhookMessage {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a message is signed");
        }
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "WebhookMessage[" + id + " to " + endpoint.host() + "]";
    }
}
