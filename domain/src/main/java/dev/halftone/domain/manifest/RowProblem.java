package dev.halftone.domain.manifest;

import java.util.Optional;

/// Why one row can't be used.
///
/// @param line from 1
/// @param column the header of the column, where one is to blame
/// @param code stable, such as `invalid_url`
/// @param message what was found and what to do, in one line
public record RowProblem(int rowIndex, long line, Optional<String> column, Code code, String message) {

    /// Kinds of row problems.
    public enum Code {
        INVALID_URL,
        MISSING_URL,
        MISSING_NAME,
        SHORT_ROW,
        SURPLUS_FIELDS,
        TOO_MANY_URLS,
        CELL_TOO_LONG,
        NUL_CHARACTER;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
