package dev.halftone.app.cli;

import java.io.PrintWriter;

/// Where a command writes: results to standard output, progress and warnings to standard error. The moving progress
/// line is drawn on a terminal only.
final class Console {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean terminal;

    Console(PrintWriter out, PrintWriter err, boolean quiet) {
        this.out = out;
        this.err = err;
        this.quiet = quiet;
        this.terminal = System.console() != null && System.console().isTerminal();
    }

    void result(String line) {
        if (!quiet) {
            out.println(line);
            out.flush();
        }
    }

    void note(String line) {
        if (!quiet) {
            err.println((terminal ? CLEAR_LINE : "") + "halftone: " + line);
            err.flush();
        }
    }

    /// Replaces the progress line.
    void progress(String line) {
        if (terminal && !quiet) {
            err.print(CLEAR_LINE + line);
            err.flush();
        }
    }

    /// Leaves the last progress line standing.
    void progressEnded() {
        if (terminal && !quiet) {
            err.println();
            err.flush();
        }
    }
}
