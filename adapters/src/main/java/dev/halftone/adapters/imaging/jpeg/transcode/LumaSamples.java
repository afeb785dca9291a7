package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.scaled.dct.InverseDct;

/// The samples of the component that carries the luma: the first, or green where the components are RGB. Rows
/// follow each other without gaps; what only fills up the blocks at the right and lower edge is not there.
@SuppressWarnings("ArrayRecordComponent")
record LumaSamples(int width, int height, byte[] samples) {

    /// @param planes AC values outside the masks are not read
    static LumaSamples of(Frame frame, FrameComponent component, QuantTable table, Coefficients planes) {
        int width = component.blocksWide() * 8;
        byte[] samples = new byte[width * component.blocksHigh() * 8];
        int[] block = new int[64];
        short[] plane = planes.plane(component);
        for (int row = 0; row < component.blocksHigh(); row++) {
            for (int column = 0; column < component.blocksWide(); column++) {
                int number = row * component.storedWide() + column;
                long mask = planes.masks(component)[number];
                block[0] = planes.dc(component)[number] * table.step(0);
                for (long left = mask; left != 0; left &= left - 1) {
                    int k = Long.numberOfTrailingZeros(left);
                    block[ZigZag.NATURAL[k]] = plane[number * 64 + k] * table.step(k);
                }
                int last = 63 - Long.numberOfLeadingZeros(mask | 1);
                InverseDct.transform(block, last, samples, row * 8 * width + column * 8, width);
            }
        }
        return cut(
                samples,
                width,
                Frame.ceilDiv(frame.width() * component.horizontal(), frame.maxHorizontal()),
                Frame.ceilDiv(frame.height() * component.vertical(), frame.maxVertical()));
    }

    private static LumaSamples cut(byte[] blocks, int stride, int width, int height) {
        if (stride == width && blocks.length == width * height) {
            return new LumaSamples(width, height, blocks);
        }
        byte[] samples = new byte[width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(blocks, row * stride, samples, row * width, width);
        }
        return new LumaSamples(width, height, samples);
    }
}
