package dev.halftone.domain.event;

import dev.halftone.domain.source.SourceUrl;

/// One message to one endpoint.
///
/// @param id constant over all attempts; holds no `.`
/// @param secret `whsec_` and base64, the key of the signature
/// @param body the exact text that is signed and sent
public record WebhookMessage(String id, SourceUrl endpoint, String secret, String body) {

    /// Without the secret.
    @Override
    public String toString() {
        return "WebhookMessage[" + id + " to " + endpoint.host() + "]";
    }
}
