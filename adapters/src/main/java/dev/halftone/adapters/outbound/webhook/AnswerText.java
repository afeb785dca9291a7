package dev.halftone.adapters.outbound.webhook;

import java.nio.charset.StandardCharsets;

/// How a receiver's answer begins, as text for the log: whatever the bytes were, one line, and safe to store and
/// to show.
final class AnswerText {
    private static final int BYTES = 1_024;
    private static final int LONGEST = 200;

    private AnswerText() {}

    static String of(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, BYTES), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFD\\s]+", " ")
                .strip();
        int length = Math.min(text.length(), LONGEST);
        boolean halved = length > 0 && length < text.length() && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, halved ? length - 1 : length) + (length < text.length() ? "…" : "");
    }
}
