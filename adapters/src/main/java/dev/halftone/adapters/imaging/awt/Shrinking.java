package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.AreaAverage;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Lanczos;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.PixelSize;
import java.awt.image.BufferedImage;
import org.imgscalr.Scalr;

/// Shrinks in two stages: area averaging to twice the wanted size, which is exact and fast, then a kernel that keeps it
/// crisp: Lanczos', or where something is clear imgscalr's bicubic steps, which know alpha.
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
        if (!(near instanceof Picture.Colour colour) || colour.opaque()) {
            return Lanczos.shrink(near, size.width(), size.height(), deadline);
        }
        deadline.check();
        BufferedImage scaled = Scalr.resize(
                Samples.imageOf(colour), Scalr.Method.ULTRA_QUALITY, Scalr.Mode.FIT_EXACT, size.width(), size.height());
        deadline.check();
        return Picture.Colour.of(size.width(), size.height(), Samples.argbOf(scaled));
    }
}
