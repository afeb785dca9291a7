package dev.halftone.domain.event;

import java.security.SecureRandom;
import java.util.Base64;

/// The key a webhook's messages are signed with, as Standard Webhooks 1.0 writes it: `whsec_` and the base64 of
/// 24 to 64 bytes. Shown to its owner once, never in a log.
public record WebhookSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int NEW_BYTES = 32;

    /// @throws IllegalArgumentException when the text has not that form; the text itself is not in the message
    public WebhookSecret {
        int bytes = decoded(text).length;
        if (bytes < 24 || bytes > 64) {
            throw new IllegalArgumentException("a webhook secret has 24 to 64 bytes, not " + bytes);
        }
    }

    public static WebhookSecret random(SecureRandom random) {
        byte[] key = new byte[NEW_BYTES];
        random.nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /// The bytes to sign with.
    public byte[] key() {
        return decoded(text);
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }

    private static byte[] decoded(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret begins with " + PREFIX);
        }
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a webhook secret is " + PREFIX + " and base64", e);
        }
    }
}
