package dev.halftone.adapters.imaging.jpeg.codec.scaled;

/// A decoded picture, rows from top to bottom. The array belongs to whoever asked for it.
public sealed interface ScaledImage {

    int width();

    int height();

    /// One sample a pixel, 0 black to 255 white.
    @SuppressWarnings("ArrayRecordComponent")
    record Gray(int width, int height, byte[] samples) implements ScaledImage {}

    /// One `0xFFRRGGBB` a pixel.
    @SuppressWarnings("ArrayRecordComponent")
    record Rgb(int width, int height, int[] pixels) implements ScaledImage {}

    /// Four samples a pixel, as the file stores them: neither inverted nor converted.
    @SuppressWarnings("ArrayRecordComponent")
    record Four(int width, int height, byte[] samples) implements ScaledImage {}
}
