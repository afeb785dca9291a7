package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;

/// libvips's plain pictures as arrays of ours.
final class Pictures {
    private Pictures() {}

    /// @param image of bytes, grey or sRGB, with or without alpha
    static Picture of(VipsImage image) {
        int width = image.width();
        int height = image.height();
        int bands = image.bands();
        byte[] samples = image.samples();
        if (bands == 1) {
            return new Picture.Grey(width, height, samples);
        }
        int[] argb = new int[width * height];
        for (int i = 0, at = 0; i < argb.length; i++, at += bands) {
            int red = samples[at] & 255;
            argb[i] = switch (bands) {
                case 2 -> (samples[at + 1] & 255) << 24 | red * 0x010101;
                case 3 -> 0xff000000 | red << 16 | (samples[at + 1] & 255) << 8 | samples[at + 2] & 255;
                default ->
                    (samples[at + 3] & 255) << 24 | red << 16 | (samples[at + 1] & 255) << 8 | samples[at + 2] & 255;
            };
        }
        return bands == 3 ? new Picture.Colour(width, height, argb, true) : Picture.Colour.of(width, height, argb);
    }
}
