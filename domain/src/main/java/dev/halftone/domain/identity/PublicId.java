package dev.halftone.domain.identity;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// An id that leaves the service: 128 random bits as 26 characters of Crockford's base32 (no I, L, O, U), in
/// lower case. It says nothing of order or number, and can't be guessed where the random source is a secure
/// one.
public record PublicId(String value) {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern FORM = Pattern.compile("[0-7][0-9a-hjkmnp-tv-z]{25}");

    public PublicId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an id is 26 characters of Crockford base32");
        }
    }

    public static PublicId random(RandomGenerator random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        BigInteger number = new BigInteger(1, bits);
        StringBuilder text = new StringBuilder(26);
        for (int shift = 125; shift >= 0; shift -= 5) {
            text.append(DIGITS.charAt(number.shiftRight(shift).intValue() & 31));
        }
        return new PublicId(text.toString());
    }

    /// Reads an id as a person may have typed it: any case, I and L for 1, O for 0.
    public static Optional<PublicId> parse(String text) {
        String folded = text.toLowerCase(Locale.ROOT)
                .replace('i', '1')
                .replace('l', '1')
                .replace('o', '0');
        return FORM.matcher(folded).matches() ? Optional.of(new PublicId(folded)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
