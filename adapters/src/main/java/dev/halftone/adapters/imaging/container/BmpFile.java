package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.image.ImageLimits;

/// The header of a Windows bitmap.
final class BmpFile {
    private BmpFile() {}

    static ImageHeader header(byte[] bytes, ImageLimits limits) {
        ByteView view = ByteView.littleEndian(bytes);
        if (view.u32(14) == 12) {
            return ImageHeader.of(view.u16(18), view.u16(20), 1, 1, limits);
        }
        int width = (int) view.u32(18);
        // A negative height means that the rows run from top to bottom.
        long height = Math.abs((long) (int) view.u32(22));
        return ImageHeader.of(width, height, 1, 1, limits);
    }
}
