package dev.halftone.domain.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// 160 random bits that let somebody in, as 32 characters of Crockford's base32 in lower case: an API key, with
/// `hft_` before it, or a session. Known in full to its holder alone: it is kept as a [SecretHash].
public record SecretToken(Kind kind, String digits) {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{32}");
    private static final int BITS = 160;
    private static final int HINT = 8;

    /// What a token is for; one never passes for the other.
    public enum Kind {
        KEY("hft_"),
        SESSION("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public SecretToken {
        if (!FORM.matcher(digits).matches()) {
            throw new IllegalArgumentException("a token has 32 characters of base32");
        }
    }

    public static SecretToken random(Kind kind, SecureRandom random) {
        byte[] bits = new byte[BITS / 8];
        random.nextBytes(bits);
        BigInteger number = new BigInteger(1, bits);
        StringBuilder text = new StringBuilder(BITS / 5);
        for (int shift = BITS - 5; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt(number.shiftRight(shift).intValue() & 31));
        }
        return new SecretToken(kind, text.toString());
    }

    /// Reads a token as it was handed out; empty for what can't be one.
    public static Optional<SecretToken> parse(Kind kind, String text) {
        String digits = text.startsWith(kind.prefix) ? text.substring(kind.prefix.length()) : "";
        return FORM.matcher(digits).matches() ? Optional.of(new SecretToken(kind, digits)) : Optional.empty();
    }

    /// The token itself, for its holder.
    public String text() {
        return kind.prefix + digits;
    }

    /// How it begins: enough to tell one key from another, far too little to use it.
    public String hint() {
        return kind.prefix + digits.substring(0, HINT);
    }

    /// As it is kept. 160 random bits need no salt and no slow hash: there is nothing to guess.
    public SecretHash hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new SecretHash(HexFormat.of().formatHex(sha256.digest(text().getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hint() + "…";
    }
}
