package dev.halftone.adapters.imaging.pixel;

import java.util.Arrays;

/// A decoded picture, rows from top to bottom. The arrays are shared, never changed once the picture is made.
public sealed interface Picture {

    int width();

    int height();

    /// One sample a pixel, 0 black to 255 white, in the file's own tone scale.
    @SuppressWarnings("ArrayRecordComponent")
    record Grey(int width, int height, byte[] samples) implements Picture {}

    /// One `0xAARRGGBB` a pixel, alpha not multiplied in.
    ///
    /// @param opaque whether every alpha is 255
    @SuppressWarnings("ArrayRecordComponent")
    record Colour(int width, int height, int[] argb, boolean opaque) implements Picture {

        public static Colour of(int width, int height, int[] argb) {
            for (int pixel : argb) {
                if (pixel >>> 24 != 255) {
                    return new Colour(width, height, argb, false);
                }
            }
            return new Colour(width, height, argb, true);
        }
    }

    /// The picture as colour, a grey one with three equal channels.
    default Colour asColour() {
        return switch (this) {
            case Colour colour -> colour;
            case Grey grey -> {
                int[] argb = new int[grey.samples.length];
                for (int i = 0; i < argb.length; i++) {
                    argb[i] = 0xff000000 | (grey.samples[i] & 0xff) * 0x010101;
                }
                yield new Colour(grey.width, grey.height, argb, true);
            }
        };
    }

    /// A clear picture laid on white, for formats without alpha.
    default Picture onWhite() {
        if (!(this instanceof Colour colour) || colour.opaque) {
            return this;
        }
        int[] flat = Arrays.copyOf(colour.argb, colour.argb.length);
        for (int i = 0; i < flat.length; i++) {
            int pixel = flat[i];
            int alpha = pixel >>> 24;
            if (alpha != 255) {
                flat[i] = 0xff000000
                        | over(pixel >> 16 & 255, alpha) << 16
                        | over(pixel >> 8 & 255, alpha) << 8
                        | over(pixel & 255, alpha);
            }
        }
        return new Colour(colour.width, colour.height, flat, true);
    }

    private static int over(int sample, int alpha) {
        return (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    /// Whether nothing that can be seen has a colour.
    default boolean isNeutral() {
        if (this instanceof Colour colour) {
            for (int pixel : colour.argb) {
                if (pixel >>> 24 != 0 && (pixel & 0xffffff) != (pixel & 255) * 0x010101) {
                    return false;
                }
            }
        }
        return true;
    }

    /// A colour picture whose channels are equal everywhere, as grey; any other as it is.
    default Picture greyIfGrey() {
        if (!(this instanceof Colour colour) || !colour.opaque || !isNeutral()) {
            return this;
        }
        byte[] samples = new byte[colour.argb.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) colour.argb[i];
        }
        return new Grey(colour.width, colour.height, samples);
    }
}
