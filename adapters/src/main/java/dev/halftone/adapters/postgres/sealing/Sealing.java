package dev.halftone.adapters.postgres.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;

/// Seals secrets on their way into a column and opens them on their way out: `sealed:1:` and the base64 of a
/// random nonce, the text under AES-256-GCM, and its tag. What is not sealed is read as it is, as rows of
/// versions before sealing are. Without a key nothing is sealed. Thread-safe.
public final class Sealing implements JdbiConfig<Sealing> {
    private static final String PREFIX = "sealed:1:";
    private static final byte[] BOUND_TO = PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private volatile Optional<SealingKey> key = Optional.empty();

    /// Of a database that was opened without a key.
    public Sealing() {}

    /// The one of the database that a handle is of.
    public static Sealing of(Handle handle) {
        return handle.getConfig(Sealing.class);
    }

    /// From here on secrets are sealed.
    public void use(SealingKey key) {
        this.key = Optional.of(key);
    }

    static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /// As it is stored.
    public String seal(String secret) {
        if (key.isEmpty()) {
            return secret;
        }
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key.get(), nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return PREFIX
                    + Base64.getEncoder()
                            .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /// @return empty for what was sealed with another key, or changed since
    public Optional<String> open(String stored) {
        if (!isSealed(stored)) {
            return Optional.of(stored);
        }
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(stored.substring(PREFIX.length())));
            byte[] nonce = new byte[NONCE];
            bytes.get(nonce);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            return Optional.of(
                    new String(cipher(Cipher.DECRYPT_MODE, key.get(), nonce).doFinal(sealed), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SealingKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(BOUND_TO);
        return cipher;
    }

    @Override
    public Sealing createCopy() {
        // The same one for every handle: it has no state but the key.
        return this;
    }
}
