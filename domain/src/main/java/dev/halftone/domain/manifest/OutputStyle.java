package dev.halftone.domain.manifest;

/// How the output CSV is written.
///
/// @param details whether the columns `Status`, `Errors`, `Input Bytes`, `Output Bytes`, `Saved %` and
///     `Notes` are added
/// @param raw whether cells that a spreadsheet would run are left as they are
public record OutputStyle(boolean details, boolean raw) {
    public static final OutputStyle PLAIN = new OutputStyle(false, false);
}
