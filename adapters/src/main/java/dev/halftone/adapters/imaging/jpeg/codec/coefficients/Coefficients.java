package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import java.util.Arrays;

/// The quantised coefficients of a whole picture: for each component its blocks row by row over whole MCUs, the
/// DC values by themselves, 64 places in zig-zag order for the AC values of each, and beside them for each
/// block which of these are not zero: bit `k` of its mask. Most are zero, so whoever walks the masks is several
/// times faster than who walks the values. The arrays are reused from picture to picture. Not thread-safe.
public final class Coefficients {
    private short[][] dcs = new short[0][];
    private short[][] planes = new short[0][];
    private long[][] masks = new long[0][];

    /// Makes room for a frame; every coefficient is zero.
    public void reset(Frame frame) {
        resetSparse(frame);
        for (FrameComponent component : frame.components()) {
            Arrays.fill(dcs[component.index()], 0, component.storedBlocks(), (short) 0);
            Arrays.fill(planes[component.index()], 0, component.storedBlocks() * 64, (short) 0);
        }
    }

    /// Makes room for a frame and clears the masks only: AC values are not to be read where the mask has no
    /// bit, DC values not before they are written.
    public void resetSparse(Frame frame) {
        int count = frame.components().size();
        if (planes.length < count) {
            dcs = Arrays.copyOf(dcs, count);
            planes = Arrays.copyOf(planes, count);
            masks = Arrays.copyOf(masks, count);
        }
        for (FrameComponent component : frame.components()) {
            int index = component.index();
            int blocks = component.storedBlocks();
            if (planes[index] == null || planes[index].length < blocks * 64) {
                dcs[index] = new short[blocks];
                planes[index] = new short[blocks * 64];
                masks[index] = new long[blocks];
            } else {
                Arrays.fill(masks[index], 0, blocks, 0);
            }
        }
    }

    /// DC values by block.
    public short[] dc(FrameComponent component) {
        return dcs[component.index()];
    }

    /// AC values by block times 64 plus zig-zag index; the place of index 0 holds nothing.
    public short[] plane(FrameComponent component) {
        return planes[component.index()];
    }

    /// By block: bit `k` is set where AC coefficient `k` is not zero; bit 0 means nothing.
    public long[] masks(FrameComponent component) {
        return masks[component.index()];
    }

    /// Sets the masks from the values, for whoever wrote values alone.
    public void setMasks(Frame frame) {
        for (FrameComponent component : frame.components()) {
            short[] plane = plane(component);
            long[] blocks = masks(component);
            for (int block = 0; block < component.storedBlocks(); block++) {
                long mask = 0;
                for (int k = 1; k < 64; k++) {
                    mask |= (plane[block * 64 + k] == 0 ? 0L : 1L) << k;
                }
                blocks[block] = mask;
            }
        }
    }

    /// Bytes held.
    public long footprint() {
        return Arrays.stream(planes)
                .mapToLong(plane -> plane == null ? 0 : plane.length * 2L + plane.length / 64 * 10)
                .sum();
    }
}
