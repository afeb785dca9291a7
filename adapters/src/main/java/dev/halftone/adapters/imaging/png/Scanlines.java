package dev.halftone.adapters.imaging.png;

/// A picture in the form PNG stores it, before filtering.
///
/// @param type PNG colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
/// @param depth bits a sample
/// @param palette `0xAARRGGBB`, those that are not opaque in front; empty unless the type is 3
/// @param rows packed rows
@SuppressWarnings("ArrayRecordComponent")
record Scanlines(int width, int height, int type, int depth, int[] palette, Rows rows) {

    interface Rows {
        /// Writes row `y` into an array of [#rowBytes] bytes, which is all zeros.
        void pack(int y, byte[] row);
    }

    int channels() {
        return switch (type) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    int rowBytes() {
        return Math.toIntExact(((long) width * channels() * depth + 7) / 8);
    }

    /// Distance to the pixel on the left, in bytes, as the filters count it.
    int bpp() {
        return Math.max(1, channels() * depth / 8);
    }
}
