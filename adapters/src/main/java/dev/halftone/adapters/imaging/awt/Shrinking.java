package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.AreaAverage;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import java.awt.image.BufferedImage;
import org.imgscalr.Scalr;

/// Shrinks in two stages: area averaging to twice the wanted size, which is exact and fast, then imgscalr's
/// bicubic steps for the rest, which keep it crisp.
final class Shrinking {
    private Shrinking() {}

    static Picture to(Picture picture, PixelSize size, Deadline deadline) {
        int width = Math.min(picture.width(), 2 * size.width());
        int height = Math.min(picture.height(), 2 * size.height());
        Picture near = width == picture.width() && height == picture.height()
                ? picture
                : AreaAverage.shrink(picture, width, height, deadline);
        if (near.width() == size.width() && near.height() == size.height()) {
            return near;
        }
        deadline.check();
        BufferedImage scaled = Scalr.resize(
                Samples.imageOf(near.asColour()),
                Scalr.Method.ULTRA_QUALITY,
                Scalr.Mode.FIT_EXACT,
                size.width(),
                size.height());
        deadline.check();
        int[] argb = Samples.argbOf(scaled);
        return switch (picture) {
            case Picture.Colour colour ->
                colour.opaque()
                        ? new Picture.Colour(size.width(), size.height(), argb, true)
                        : Picture.Colour.of(size.width(), size.height(), argb);
            case Picture.Grey grey -> {
                byte[] samples = new byte[argb.length];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (byte) (argb[i] >> 8);
                }
                yield new Picture.Grey(size.width(), size.height(), samples);
            }
        };
    }
}
