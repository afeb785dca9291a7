package dev.halftone.adapters.imaging.jpeg.codec.scans;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import java.util.Arrays;

/// The coefficients of one component that are not zero. At the qualities at which pictures are compressed
/// hardly one in ten is left, and each scan of a progressive file, planned or written, walks them once more.
/// Reused from picture to picture. Not thread-safe.
///
/// Blocks are those that hold samples of the picture, row by row. The AC coefficients of a block are entries
/// from [#start] on: the zig-zag index in bits 16 and up, the value in the low 16 bits; an entry whose index
/// is 64 ends the block.
public final class SparsePlane {
    /// Index of the entry that ends a block.
    public static final int END = 64;

    private int blocksWide;
    private int blocks;
    private short[] dc = new short[0];
    private int[] starts = new int[0];
    private int[] entries = new int[1 << 12];
    private int used;

    void reset(FrameComponent component) {
        blocksWide = component.blocksWide();
        blocks = blocksWide * component.blocksHigh();
        if (dc.length < blocks) {
            dc = new short[blocks];
            starts = new int[blocks];
        }
        used = 0;
    }

    /// Begins a block; its AC coefficients follow with [#add] and [#end].
    void begin(int block, int dcValue) {
        dc[block] = (short) dcValue;
        starts[block] = used;
        if (entries.length - used < 64) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
    }

    void add(int k, int value) {
        entries[used++] = k << 16 | value & 0xFFFF;
    }

    void end() {
        entries[used++] = END << 16;
    }

    public int blocks() {
        return blocks;
    }

    public int blocksWide() {
        return blocksWide;
    }

    public int dc(int block) {
        return dc[block];
    }

    public int start(int block) {
        return starts[block];
    }

    public int[] entries() {
        return entries;
    }
}
