package dev.halftone.adapters.imaging.similarity;

/// A plane of luma, rows from top to bottom, 0 black to 255 white. The array is shared, never changed.
@SuppressWarnings("ArrayRecordComponent")
public record Luma(int width, int height, float[] samples) {

    public Luma {
        Sizes.checkArray(width, height, samples.length);
    }

    /// From 8-bit samples.
    public static Luma of(int width, int height, byte[] samples) {
        float[] values = new float[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] & 0xFF;
        }
        return new Luma(width, height, values);
    }

    /// From colour, weighted as JFIF (ITU-R BT.601) does, not rounded.
    public static Luma of(Rgb picture) {
        int[] packed = picture.packed();
        float[] values = new float[packed.length];
        for (int i = 0; i < values.length; i++) {
            int pixel = packed[i];
            values[i] = 0.299f * (pixel >> 16 & 0xFF) + 0.587f * (pixel >> 8 & 0xFF) + 0.114f * (pixel & 0xFF);
        }
        return new Luma(picture.width(), picture.height(), values);
    }

    /// Half the size: means of two by two, an odd last column or row left out.
    Luma halved() {
        int narrow = width / 2;
        int low = height / 2;
        float[] half = new float[narrow * low];
        for (int y = 0; y < low; y++) {
            int above = 2 * y * width;
            int below = above + width;
            for (int x = 0; x < narrow; x++) {
                int left = 2 * x;
                half[y * narrow + x] = 0.25f
                        * (samples[above + left]
                                + samples[above + left + 1]
                                + samples[below + left]
                                + samples[below + left + 1]);
            }
        }
        return new Luma(narrow, low, half);
    }
}
