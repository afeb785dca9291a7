package dev.halftone.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The SHA-256 of a [SecretToken], all that is kept of it.
///
/// @param hex 64 hexadecimal digits
public record SecretHash(String hex) {

    public SecretHash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a hash has 64 hexadecimal digits");
        }
    }

    /// Compares in the same time, wherever the two differ.
    public boolean isOf(SecretToken token) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), token.hash().hex().getBytes(StandardCharsets.US_ASCII));
    }
}
