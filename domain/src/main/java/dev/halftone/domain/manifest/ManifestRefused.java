package dev.halftone.domain.manifest;

import java.util.Locale;
import java.util.OptionalLong;

/// The whole file can't be used.
public final class ManifestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long line;

    /// Kinds of refusals; [#wire] is stable.
    public enum Reason {
        EMPTY,
        NOT_CSV,
        UNDECODABLE,
        NO_ROWS,
        NO_IMAGE_COLUMN,
        MISSING_COLUMN,
        DUPLICATE_COLUMN,
        UNCLOSED_QUOTE,
        MALFORMED_QUOTE,
        TOO_MANY_ROWS,
        TOO_MANY_ITEMS,
        TOO_MANY_BYTES;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ManifestRefused(Reason reason, String message) {
        this(reason, 0, message);
    }

    /// @param line from 1; 0 when no line is to blame
    /// @param message what was found and what to do, in one or two sentences, the line included
    public ManifestRefused(Reason reason, long line, String message) {
        super(message);
        this.reason = reason;
        this.line = line;
    }

    public Reason reason() {
        return reason;
    }

    public OptionalLong line() {
        return line == 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }
}
