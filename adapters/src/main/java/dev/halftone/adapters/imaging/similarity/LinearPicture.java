package dev.halftone.adapters.imaging.similarity;

/// A picture in linear light, 0 to 1, one plane for each of red, green and blue.
@SuppressWarnings("ArrayRecordComponent")
record LinearPicture(int width, int height, float[] red, float[] green, float[] blue) {
    private static final float[] LINEAR = new float[256];

    static {
        for (int code = 0; code < 256; code++) {
            double encoded = code / 255.0;
            LINEAR[code] = (float) (encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4));
        }
    }

    /// From sRGB (IEC 61966-2-1).
    static LinearPicture of(Rgb picture) {
        int[] packed = picture.packed();
        float[] red = new float[packed.length];
        float[] green = new float[packed.length];
        float[] blue = new float[packed.length];
        for (int i = 0; i < packed.length; i++) {
            red[i] = LINEAR[packed[i] >> 16 & 0xFF];
            green[i] = LINEAR[packed[i] >> 8 & 0xFF];
            blue[i] = LINEAR[packed[i] & 0xFF];
        }
        return new LinearPicture(picture.width(), picture.height(), red, green, blue);
    }

    /// Half the size: means of two by two, an odd last column or row counted twice.
    LinearPicture halved() {
        return new LinearPicture((width + 1) / 2, (height + 1) / 2, halved(red), halved(green), halved(blue));
    }

    private float[] halved(float[] plane) {
        int narrow = (width + 1) / 2;
        int low = (height + 1) / 2;
        float[] half = new float[narrow * low];
        for (int y = 0; y < low; y++) {
            int above = 2 * y * width;
            int below = Math.min(2 * y + 1, height - 1) * width;
            for (int x = 0; x < narrow; x++) {
                int left = 2 * x;
                int right = Math.min(left + 1, width - 1);
                half[y * narrow + x] = 0.25f
                        * (plane[above + left] + plane[above + right] + plane[below + left] + plane[below + right]);
            }
        }
        return half;
    }
}
