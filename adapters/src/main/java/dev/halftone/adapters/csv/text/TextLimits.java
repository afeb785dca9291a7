package dev.halftone.adapters.csv.text;

import dev.halftone.domain.manifest.ManifestLimits;

/// What bounds the memory that one record can take; files beyond it are refused as a whole.
///
/// @param maxBytes of the file
/// @param maxRecord characters of one record, and of one quoted cell
/// @param maxFields of one record
public record TextLimits(long maxBytes, int maxRecord, int maxFields) {
    /// As many columns as a spreadsheet has.
    private static final int MAX_FIELDS = 16_384;

    private static final int LEAST_RECORD = 1 << 20;

    /// Lets a cell be some way over its limit, so that it can be told as a problem of its row.
    public static TextLimits of(ManifestLimits limits) {
        int record = (int) Math.min(Integer.MAX_VALUE / 8, 4L * limits.maxCellLength());
        return new TextLimits(limits.maxBytes(), Math.max(LEAST_RECORD, record), MAX_FIELDS);
    }

    /// For a file that was accepted before, perhaps under a higher limit.
    public TextLimits ofAnySize() {
        return new TextLimits(Long.MAX_VALUE, maxRecord, maxFields);
    }
}
