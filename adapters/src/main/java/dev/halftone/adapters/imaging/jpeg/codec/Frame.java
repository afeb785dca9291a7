package dev.halftone.adapters.imaging.jpeg.codec;

import java.util.List;

/// A frame header (T.81 B.2.2) of a process that this codec implements.
///
/// @param progressive SOF2, as against SOF0 and SOF1
/// @param width in samples, 1 to 65,535
/// @param height in lines, 1 to 65,535
/// @param maxHorizontal the largest horizontal sampling factor
/// @param maxVertical the largest vertical sampling factor
public record Frame(
        boolean progressive,
        int width,
        int height,
        int maxHorizontal,
        int maxVertical,
        List<FrameComponent> components) {

    public int mcusWide() {
        return ceilDiv(width, 8 * maxHorizontal);
    }

    public int mcusHigh() {
        return ceilDiv(height, 8 * maxVertical);
    }

    public static int ceilDiv(int value, int by) {
        return (value + by - 1) / by;
    }
}
