package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.pixel.AreaAverage;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.util.Optional;
import java.util.OptionalInt;

/// A small copy of a picture for looking at it: upright, in sRGB, its colours averaged. A JPEG is decoded at
/// the smallest scale that holds it.
public final class SmallCopy {
    private SmallCopy() {}

    /// Empty where this build can't decode the picture's frames.
    ///
    /// @param header read and within the limits
    /// @param side of a square that the copy fits into, in pixels; a smaller picture keeps its size
    /// @throws dev.halftone.domain.failure.HalftoneException when the picture is damaged
    public static Optional<Picture> of(SourceImage source, ImageHeader header, int side, Deadline deadline) {
        boolean webp = source.format() == ImageFormat.WEBP;
        if (webp && (header.animated() || !WebpCodec.isAvailable())) {
            return Optional.empty();
        }
        PixelSize wanted = header.stored().within(OptionalInt.of(side), OptionalInt.of(side));
        Decoded decoded = SourceDecoder.decode(source, header, wanted, deadline);
        Picture small = inSrgb(decoded.with(shrunk(decoded.picture(), wanted, deadline)), deadline);
        return Optional.of(Turn.upright(small, header.orientation()));
    }

    private static Picture shrunk(Picture picture, PixelSize wanted, Deadline deadline) {
        return picture.width() == wanted.width() && picture.height() == wanted.height()
                ? picture
                : AreaAverage.shrink(picture, wanted.width(), wanted.height(), deadline);
    }

    private static Picture inSrgb(Decoded decoded, Deadline deadline) {
        Picture toned = decoded.tone().toSrgb(decoded.picture());
        return decoded.profile()
                .filter(profile -> !profile.grey() || toned instanceof Picture.Grey)
                .filter(profile -> profile.grey() || toned instanceof Picture.Colour)
                .map(profile -> profile.toSrgb(toned, deadline))
                .orElse(toned);
    }
}
