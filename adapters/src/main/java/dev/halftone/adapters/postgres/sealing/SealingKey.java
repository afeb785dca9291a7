package dev.halftone.adapters.postgres.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// What secrets are sealed with. It is not in the database.
///
/// @param key for AES-256
public record SealingKey(SecretKey key) {
    /// Characters of the shortest text that a key is made of.
    public static final int SHORTEST = 32;

    private static final byte[] PURPOSE = "halftone sealing 1".getBytes(StandardCharsets.US_ASCII);

    /// Makes the key of a text by HKDF (RFC 5869). The same text gives the same key on every node.
    ///
    /// @param text random, [#SHORTEST] characters or more
    public static SealingKey of(String text) {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException("a sealing key has at least " + SHORTEST + " characters");
        }
        try {
            return new SealingKey(KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(text.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(PURPOSE, 32)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SealingKey[…]";
    }
}
