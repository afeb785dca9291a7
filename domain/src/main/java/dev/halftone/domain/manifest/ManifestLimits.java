package dev.halftone.domain.manifest;

/// How large a CSV may be.
///
/// @param maxBytes of the file
/// @param maxItems image addresses in all
/// @param maxUrlsPerRow image addresses in one row
/// @param maxCellLength characters in one cell
public record ManifestLimits(long maxBytes, long maxItems, int maxUrlsPerRow, int maxCellLength) {
    public static final ManifestLimits DEFAULT = new ManifestLimits(256L << 20, 2_000_000, 200, 1 << 20);
}
