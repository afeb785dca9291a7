package dev.halftone.adapters.outbound.webhook;

import dev.halftone.domain.event.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages as Standard Webhooks 1.0 says: `v1,` and the base64 of HMAC-SHA256, keyed with the
/// secret's bytes, over `id.timestamp.body`.
public final class WebhookSignature {
    private static final String VERSION = "v1,";

    private WebhookSignature() {}

    /// The value of the header `webhook-signature`: one signature for each secret, so that a receiver can change
    /// over from an old secret to a new one.
    ///
    /// @param id holds no `.`
    /// @param attempted counts in whole seconds
    /// @param body the exact text that is sent, in UTF-8
    public static String header(List<WebhookSecret> secrets, String id, Instant attempted, String body) {
        byte[] content = (id + "." + attempted.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return secrets.stream()
                .map(secret -> VERSION + Base64.getEncoder().encodeToString(hmac(secret, content)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(WebhookSecret secret, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.key(), "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }
}
