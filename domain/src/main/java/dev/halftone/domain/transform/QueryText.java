package dev.halftone.domain.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A URL's query as text (RFC 3986): pairs joined by `&`, percent-encoded UTF-8, a `+` for a space.
public final class QueryText {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,:";

    /// One parameter as written.
    ///
    /// @param raw the pair before decoding
    public record Pair(String name, String value, String raw) {}

    private QueryText() {}

    /// The pairs in their order; empty pieces are passed over.
    ///
    /// @throws TransformRefused naming what can't be decoded
    public static List<Pair> pairs(String rawQuery) {
        List<Pair> pairs = new ArrayList<>();
        for (String raw : rawQuery.split("&", -1)) {
            if (!raw.isEmpty()) {
                int equals = raw.indexOf('=');
                String name = equals < 0 ? raw : raw.substring(0, equals);
                String value = equals < 0 ? "" : raw.substring(equals + 1);
                pairs.add(new Pair(decoded(name), decoded(value), raw));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] written = text.getBytes(UTF_8);
        for (int i = 0; i < written.length; i++) {
            if (written[i] == '%') {
                int high = i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
                int low = i + 2 < written.length ? Character.digit(written[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw undecodable(text);
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(written[i] == '+' ? ' ' : written[i]);
            }
        }
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw undecodable(text);
        }
    }

    private static TransformRefused undecodable(String text) {
        return new TransformRefused(List.of(
                new TransformProblem(text, "can't be decoded: expected UTF-8, with % before two hexadecimal digits")));
    }

    /// The map's pairs in its order.
    static String of(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte each : text.getBytes(UTF_8)) {
            if (PLAIN.indexOf(each) >= 0) {
                encoded.append((char) each);
            } else {
                encoded.append(String.format("%%%02X", each & 0xff));
            }
        }
        return encoded.toString();
    }
}
