package dev.halftone.adapters.imaging.jpeg.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scan header (T.81 B.2.3) with the tables that were in force when it came, and where its entropy-coded data
/// lies.
///
/// @param spectralStart first zig-zag index of the band, `Ss`
/// @param spectralEnd last zig-zag index of the band, `Se`
/// @param high bit position of the scan before, `Ah`; 0 in a first scan
/// @param low bit position of this scan, `Al`
/// @param restartInterval in MCUs, 0 for none
/// @param dataStart offset of the first entropy-coded byte
/// @param dataEnd offset of the marker that ends the data
public record Scan(
        List<ScanComponent> components,
        int spectralStart,
        int spectralEnd,
        int high,
        int low,
        int restartInterval,
        int dataStart,
        int dataEnd) {

    /// Refuses the scan's data.
    public RefusedException damaged(String expected, Object found) {
        return RefusedException.damaged(Markers.SOS, dataStart, expected, found);
    }

    /// One component of a scan; a table is null where the file did not define it (and the scan must not need
    /// it).
    public record ScanComponent(
            FrameComponent component,
            @Nullable HuffmanTable dc,
            @Nullable HuffmanTable ac) {}
}
