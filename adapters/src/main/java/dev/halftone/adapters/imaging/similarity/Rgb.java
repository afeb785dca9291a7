package dev.halftone.adapters.imaging.similarity;

/// A picture in sRGB, `0xRRGGBB` a pixel (what is above is ignored), rows from top to bottom. The array is shared,
/// never changed.
@SuppressWarnings("ArrayRecordComponent")
public record Rgb(int width, int height, int[] packed) {

    public Rgb {
        Sizes.checkArray(width, height, packed.length);
    }
}
