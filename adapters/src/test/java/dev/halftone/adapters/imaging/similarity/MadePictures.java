package dev.halftone.adapters.imaging.similarity;

/// Pictures made by integer arithmetic alone, so that other programs can be given the very same pixels.
final class MadePictures {
    private MadePictures() {}

    /// Slopes, a checkerboard, discs and some grain.
    static Rgb scene(int width, int height) {
        int[] packed = new int[width * height];
        int noise = 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                noise = noise * 1103515245 + 12345;
                int grain = (noise >>> 24 & 15) - 8;
                int red = 40 + 170 * x / width;
                int green = 30 + 150 * y / height;
                int blue = 200 - 160 * (x + y) / (width + height);
                if ((x / 12 + y / 12) % 5 == 0) {
                    green += 45;
                }
                int fromX = x - width / 3;
                int fromY = y - height / 2;
                if (fromX * fromX + fromY * fromY < width * height / 16) {
                    red = 230 - (x * 7 + y * 3) % 40;
                    blue = 90;
                }
                packed[y * width + x] = clamp(red + grain) << 16 | clamp(green + grain) << 8 | clamp(blue - grain);
            }
        }
        return new Rgb(width, height, packed);
    }

    /// Each channel in steps, as a coarse quantiser leaves it.
    static Rgb stepped(Rgb picture, int step) {
        int[] packed = picture.packed().clone();
        for (int i = 0; i < packed.length; i++) {
            int pixel = packed[i];
            packed[i] = stepped(pixel >> 16 & 255, step) << 16
                    | stepped(pixel >> 8 & 255, step) << 8
                    | stepped(pixel & 255, step);
        }
        return new Rgb(picture.width(), picture.height(), packed);
    }

    /// Means of this many pixels in a row.
    static Rgb smeared(Rgb picture, int length) {
        int[] from = picture.packed();
        int[] packed = new int[from.length];
        for (int i = 0; i < packed.length; i++) {
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int back = 0; back < length; back++) {
                int pixel = from[Math.max(i - back, i - i % picture.width())];
                red += pixel >> 16 & 255;
                green += pixel >> 8 & 255;
                blue += pixel & 255;
            }
            packed[i] = red / length << 16 | green / length << 8 | blue / length;
        }
        return new Rgb(picture.width(), picture.height(), packed);
    }

    private static int stepped(int sample, int step) {
        return clamp((sample + step / 2) / step * step);
    }

    private static int clamp(int sample) {
        return Math.clamp(sample, 0, 255);
    }
}
