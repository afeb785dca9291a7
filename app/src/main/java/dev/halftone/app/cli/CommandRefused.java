package dev.halftone.app.cli;

import java.util.List;

/// A command can't do what was asked; the lines say what, where and what to do.
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    public CommandRefused(String... lines) {
        this(List.of(lines));
    }

    public CommandRefused(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    public List<String> lines() {
        return lines;
    }
}
