package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import java.util.Arrays;

/// The quantised coefficients of a whole picture: for each component its blocks row by row over whole MCUs, 64
/// values in zig-zag order each. The arrays are reused from picture to picture. Not thread-safe.
public final class Coefficients {
    private short[][] planes = new short[0][];

    /// Makes room for a frame and clears it.
    public void reset(Frame frame) {
        int count = frame.components().size();
        if (planes.length < count) {
            planes = Arrays.copyOf(planes, count);
        }
        for (FrameComponent component : frame.components()) {
            int length = component.storedBlocks() * 64;
            short[] plane = planes[component.index()];
            if (plane == null || plane.length < length) {
                planes[component.index()] = new short[length];
            } else {
                Arrays.fill(plane, 0, length, (short) 0);
            }
        }
    }

    public short[] plane(FrameComponent component) {
        return planes[component.index()];
    }
}
