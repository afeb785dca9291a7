package dev.halftone.domain.manifest;

/// How large a CSV may be.
///
/// @param maxBytes of the file
/// @param maxItems image addresses in all
/// @param maxUrlsPerRow image addresses in one row
/// @param maxCellLength characters in one cell
/// @param maxRows rows below the header, usable or not
public record ManifestLimits(long maxBytes, long maxItems, int maxUrlsPerRow, int maxCellLength, long maxRows) {
    public static final ManifestLimits DEFAULT = new ManifestLimits(256L << 20, 2_000_000, 200, 1 << 20, 2_000_000);

    /// With room for any number of rows.
    public ManifestLimits(long maxBytes, long maxItems, int maxUrlsPerRow, int maxCellLength) {
        this(maxBytes, maxItems, maxUrlsPerRow, maxCellLength, Long.MAX_VALUE);
    }
}
