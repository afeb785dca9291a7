package dev.halftone.adapters.csv.text;

import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Stands before the parser and refuses what RFC 4180 does not allow, with the lines to look at: a quote that is
/// never closed, text behind a closing quote, a record without end. A parser alone would read an unclosed quote
/// to the end of the file, into memory. Spaces before an opening quote are dropped, which the parser would take
/// for text; nothing else changes. What comes before a mistake is still handed on.
final class QuoteGuard extends Reader {
    private enum Place {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED,
        BEHIND_QUOTE
    }

    private final Reader in;
    private final char delimiter;
    private final TextLimits limits;
    private final LineCounter lines;
    private final char[] fetched = new char[8192];
    private final StringBuilder ready = new StringBuilder();
    private final StringBuilder spaces = new StringBuilder();
    private Place place = Place.FIELD_START;
    private int taken;
    private int recordLength;
    private int fields;
    private long openedOn;
    private @Nullable ManifestRefused mistake;
    private boolean ended;

    /// @param lines at the place where `in` starts
    QuoteGuard(Reader in, char delimiter, TextLimits limits, LineCounter lines) {
        this.in = in;
        this.delimiter = delimiter;
        this.limits = limits;
        this.lines = lines;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        while (taken == ready.length()) {
            if (mistake != null) {
                throw mistake;
            }
            if (ended) {
                return -1;
            }
            fetch();
        }
        int count = Math.min(length, ready.length() - taken);
        ready.getChars(taken, taken + count, into, offset);
        taken += count;
        return count;
    }

    @Override
    public void close() {
        // The stream is the caller's.
    }

    private void fetch() throws IOException {
        ready.setLength(0);
        taken = 0;
        int count = in.read(fetched, 0, fetched.length);
        try {
            for (int i = 0; i < count; i++) {
                see(fetched[i]);
                lines.see(fetched[i]);
            }
            if (count < 0) {
                end();
            }
        } catch (ManifestRefused refused) {
            mistake = refused;
        }
    }

    private void see(char c) {
        boolean inQuotes = place == Place.QUOTED || place == Place.QUOTE_IN_QUOTED && c == '"';
        boolean ends = !inQuotes && (c == delimiter || c == '\r' || c == '\n');
        if (ends) {
            endField(c);
        } else {
            place = inField(c);
        }
        if (++recordLength > limits.maxRecord()) {
            throw endless();
        }
    }

    private void endField(char c) {
        flushSpaces();
        ready.append(c);
        place = Place.FIELD_START;
        if (c != delimiter) {
            fields = 0;
            recordLength = 0;
        } else if (++fields >= limits.maxFields()) {
            throw new ManifestRefused(
                    Reason.NOT_CSV,
                    lines.line(),
                    "Line " + lines.line() + " has more than " + limits.maxFields()
                            + " columns: not a CSV of products.");
        }
    }

    private Place inField(char c) {
        boolean space = Character.isWhitespace(c);
        return switch (place) {
            case FIELD_START -> {
                if (space) {
                    spaces.append(c);
                    yield Place.FIELD_START;
                }
                if (c == '"') {
                    spaces.setLength(0);
                    openedOn = lines.line();
                    yield handOn(c, Place.QUOTED);
                }
                flushSpaces();
                yield handOn(c, Place.PLAIN);
            }
            case PLAIN -> handOn(c, Place.PLAIN);
            case QUOTED -> handOn(c, c == '"' ? Place.QUOTE_IN_QUOTED : Place.QUOTED);
            case QUOTE_IN_QUOTED, BEHIND_QUOTE -> {
                if (c == '"' && place == Place.QUOTE_IN_QUOTED) {
                    yield handOn(c, Place.QUOTED);
                }
                if (!space) {
                    throw textBehindQuote(c);
                }
                yield Place.BEHIND_QUOTE;
            }
        };
    }

    private Place handOn(char c, Place next) {
        ready.append(c);
        return next;
    }

    private void flushSpaces() {
        ready.append(spaces);
        spaces.setLength(0);
    }

    private void end() {
        ended = true;
        flushSpaces();
        if (place == Place.QUOTED) {
            throw unclosed("is never closed");
        }
    }

    private ManifestRefused endless() {
        return place == Place.QUOTED
                ? unclosed("is not closed within " + limits.maxRecord() + " characters")
                : new ManifestRefused(
                        Reason.NOT_CSV,
                        lines.line(),
                        "Line " + lines.line() + " is longer than " + limits.maxRecord()
                                + " characters: not a CSV of products.");
    }

    private ManifestRefused unclosed(String how) {
        return new ManifestRefused(
                Reason.UNCLOSED_QUOTE,
                openedOn,
                "The quote that opens a cell on line " + openedOn + " " + how
                        + ". Close it; a quote inside a cell is written twice (\"\").");
    }

    private ManifestRefused textBehindQuote(char c) {
        String opened = openedOn == lines.line() ? "" : " (it opens on line " + openedOn + ")";
        return new ManifestRefused(
                Reason.MALFORMED_QUOTE,
                lines.line(),
                "Line " + lines.line() + ": behind a cell's closing quote" + opened + " stands "
                        + (Character.isLetterOrDigit(c) ? "'" + c + "'" : "U+%04X".formatted((int) c))
                        + " instead of the next cell. Close every quote, and write a quote inside a cell twice (\"\").");
    }
}
