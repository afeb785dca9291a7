package dev.halftone.adapters.postgres;

import dev.halftone.domain.failure.Failure;

/// A failure's detail as it is stored: one line that a column holds.
public final class FailureText {
    private static final int LONGEST = 500;

    private FailureText() {}

    public static String of(Failure failure) {
        String line = failure.detail().replace('\0', '?').replaceAll("[\\r\\n]+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
