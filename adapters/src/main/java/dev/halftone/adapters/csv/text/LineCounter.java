package dev.halftone.adapters.csv.text;

/// Counts physical lines; CR, LF and CRLF each end one.
final class LineCounter {
    private long line = 1;
    private char last;

    void see(char c) {
        if (c == '\r' || c == '\n' && last != '\r') {
            line++;
        }
        last = c;
    }

    /// The line that the next character stands on, from 1.
    long line() {
        return line;
    }
}
