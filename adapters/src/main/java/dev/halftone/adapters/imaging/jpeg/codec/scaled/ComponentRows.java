package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.InverseDct;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.ReducedDct;
import java.util.Arrays;

/// The samples of one component around the band at hand, as its inverse DCT gives them. A component with fewer
/// samples than others gets a larger transform as far as that makes up for it (`jdmaster.c` of the IJG's
/// library); what is left is made up by [Upsampling].
final class ComponentRows {
    private final FrameComponent component;
    private final int size;
    private final int stretchX;
    private final int stretchY;
    private final int width;
    private final int height;
    private final int stride;
    private byte[] ring = new byte[0];
    private int bandStart;
    private int bandRows;

    ComponentRows(Frame frame, FrameComponent component, Scale scale) {
        this.component = component;
        int outX = frame.maxHorizontal() * scale.samples();
        int outY = frame.maxVertical() * scale.samples();
        int best = scale.samples();
        while (best < 8
                && outX % (component.horizontal() * best * 2) == 0
                && outY % (component.vertical() * best * 2) == 0) {
            best *= 2;
        }
        size = best;
        int inX = component.horizontal() * size;
        int inY = component.vertical() * size;
        if (outX % inX != 0 || outY % inY != 0) {
            throw RefusedException.unsupported(
                    Markers.SOF0,
                    0,
                    "sampling factors that divide the largest",
                    component.horizontal() + "x" + component.vertical());
        }
        stretchX = outX / inX;
        stretchY = outY / inY;
        width = Frame.ceilDiv(frame.width() * inX, 8 * frame.maxHorizontal());
        height = Frame.ceilDiv(frame.height() * inY, 8 * frame.maxVertical());
        stride = component.blocksWide() * size;
    }

    /// Makes room for this many bands of MCU rows, of which the last ones stay readable.
    void hold(int bands) {
        ring = new byte[bands * component.vertical() * size * stride];
    }

    /// Says which band the blocks that follow belong to.
    void startBand(int band) {
        int firstRow = band * component.vertical();
        bandStart = (int) ((long) firstRow * size * stride % ring.length);
        bandRows = Math.min(component.vertical(), component.blocksHigh() - firstRow);
    }

    /// Rows of blocks in the band that hold samples of the picture.
    int bandRows() {
        return bandRows;
    }

    FrameComponent component() {
        return component;
    }

    /// Samples a side that come out of one block.
    int size() {
        return size;
    }

    int stretchX() {
        return stretchX;
    }

    int stretchY() {
        return stretchY;
    }

    /// Samples in a row that belong to the picture.
    int width() {
        return width;
    }

    boolean isDcOnly() {
        return size == 1;
    }

    byte[] samples() {
        return ring;
    }

    /// Where in [#samples] a row begins; rows outside the picture are those at its edges.
    int offset(int row) {
        return (int) ((long) Math.clamp(row, 0, height - 1) * stride % ring.length);
    }

    /// Transforms a block of the band to its place and clears it; one that only fills up an MCU is dropped.
    ///
    /// @param last zig-zag index of the last coefficient that may not be zero
    /// @param row of blocks in the band
    void put(int[] block, int last, int row, int column) {
        if (isPadding(row, column)) {
            Arrays.fill(block, 0);
            return;
        }
        int at = place(row, column);
        switch (size) {
            case 8 -> InverseDct.transform(block, last, ring, at, stride);
            case 4 -> ReducedDct.to4x4(block, last, ring, at, stride);
            case 2 -> ReducedDct.to2x2(block, last, ring, at, stride);
            default -> throw new IllegalStateException("a block of one sample goes through putDc");
        }
    }

    /// @param dc dequantised
    void putDc(int dc, int row, int column) {
        if (!isPadding(row, column)) {
            ring[place(row, column)] = ReducedDct.one(dc);
        }
    }

    private boolean isPadding(int row, int column) {
        return column >= component.blocksWide() || row >= bandRows;
    }

    private int place(int row, int column) {
        return bandStart + (row * stride + column) * size;
    }
}
