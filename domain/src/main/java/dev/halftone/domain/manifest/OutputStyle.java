package dev.halftone.domain.manifest;

import java.util.List;

/// How the output CSV is written.
///
/// @param details whether the columns `Status`, `Errors`, `Input Bytes`, `Output Bytes`, `Saved %` and
///     `Notes` are added
/// @param raw whether cells that a spreadsheet would run are left as they are
/// @param renditions names of the batch's renditions: each has a column of its own behind `Output Image Urls`
public record OutputStyle(boolean details, boolean raw, List<String> renditions) {
    public static final OutputStyle PLAIN = new OutputStyle(false, false);

    public OutputStyle {
        renditions = List.copyOf(renditions);
    }

    /// For a batch without renditions.
    public OutputStyle(boolean details, boolean raw) {
        this(details, raw, List.of());
    }

    public OutputStyle withRenditions(List<String> names) {
        return new OutputStyle(details, raw, names);
    }
}
