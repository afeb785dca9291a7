package dev.halftone.domain.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs addresses, so that only who has the key can name a transform. The signature `s` is the URL-safe base64,
/// without padding, of the HMAC-SHA256 of the path, a `?`, and the query's pairs as they are written, sorted by name,
/// without
/// `s`; of the path alone where there are none. Immutable, thread-safe.
public final class SignedLink {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SIGNATURE = Parameter.S.wire();

    private final SecretKeySpec key;

    /// @param key at least one character; 32 random ones or more can't be guessed
    public SignedLink(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    /// The address with its signature.
    ///
    /// @param path percent-encoded, as it will stand in the request
    /// @param rawQuery without `?`; an earlier signature and moment in it are replaced
    /// @param expires when the link stops working
    public String sign(String path, String rawQuery, Optional<Instant> expires) {
        List<String> pairs = new ArrayList<>();
        for (QueryText.Pair pair : QueryText.pairs(rawQuery)) {
            boolean replaced = expires.isPresent() && pair.name().equals(Parameter.EXPIRES.wire());
            if (!replaced && !pair.name().equals(SIGNATURE)) {
                pairs.add(pair.raw());
            }
        }
        expires.ifPresent(moment -> pairs.add(Parameter.EXPIRES.wire() + "=" + moment.getEpochSecond()));
        String query = String.join("&", pairs);
        String signature = signature(path, sorted(query));
        return path + "?" + (query.isEmpty() ? "" : query + "&") + SIGNATURE + "=" + signature;
    }

    /// Whether the query carries the signature of itself on this path: as it is written or in its canonical form.
    public boolean isSigned(String path, String rawQuery, TransformQuery query) {
        List<String> given = QueryText.pairs(rawQuery).stream()
                .filter(pair -> pair.name().equals(SIGNATURE))
                .map(QueryText.Pair::value)
                .toList();
        return given.size() == 1
                && Stream.of(sorted(rawQuery), query.signedForm())
                        .map(signed -> signature(path, signed))
                        .anyMatch(expected -> equal(expected, given.getFirst()));
    }

    private static String sorted(String rawQuery) {
        return QueryText.pairs(rawQuery).stream()
                .filter(pair -> !pair.name().equals(SIGNATURE))
                .sorted(Comparator.comparing(QueryText.Pair::name).thenComparing(QueryText.Pair::raw))
                .map(QueryText.Pair::raw)
                .collect(Collectors.joining("&"));
    }

    private String signature(String path, String query) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] sum = mac.doFinal((query.isEmpty() ? path : path + "?" + query).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /// In a time that does not tell where they differ.
    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
