package dev.halftone.adapters.imaging.jpeg.codec.scans;

import java.util.List;

/// A scan that is to be written (T.81 B.2.3, G.1.1.1).
///
/// @param components indexes in the frame, in order; more than one only for DC
/// @param start first zig-zag index of the band, `Ss`
/// @param end last zig-zag index of the band, `Se`; 0 when `start` is 0
/// @param high `Ah`: the point transform of the scan that this one refines by a bit, 0 in a first scan
/// @param low `Al`: the point transform of this scan
public record PlannedScan(List<Integer> components, int start, int end, int high, int low) {
    public PlannedScan {
        components = List.copyOf(components);
        boolean band = start == 0 ? end == 0 : components.size() == 1 && start <= end && end <= 63;
        boolean bits = low >= 0 && low <= 13 && (high == 0 || high == low + 1);
        if (components.isEmpty() || start < 0 || !band || !bits) {
            throw new IllegalArgumentException("no progressive scan: components %s, band %d to %d, bits %d to %d"
                    .formatted(components, start, end, high, low));
        }
    }

    /// A first scan of the DC coefficients.
    public static PlannedScan dc(List<Integer> components, int low) {
        return new PlannedScan(components, 0, 0, 0, low);
    }

    /// A first scan of a band of AC coefficients.
    public static PlannedScan ac(int component, int start, int end, int low) {
        return new PlannedScan(List.of(component), start, end, 0, low);
    }

    /// The scan that adds the next bit to what this one holds.
    public PlannedScan refined() {
        return new PlannedScan(components, start, end, low, low - 1);
    }

    public boolean isDc() {
        return start == 0;
    }

    public boolean isFirst() {
        return high == 0;
    }
}
