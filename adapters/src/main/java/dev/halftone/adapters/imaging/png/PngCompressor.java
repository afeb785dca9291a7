package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Optional;

/// Makes the PNG of a quality: grey pictures and pictures of at most 256 colours stay exact; others get the
/// smallest palette within the quality's error, or stay exact where 256 colours are too few for it.
public final class PngCompressor {
    private PngCompressor() {}

    /// @param quality 1 to 100 on libimagequant's scale
    /// @param colour whether it has to stay a colour type, because the profile in `ancillary` is one for RGB
    /// @param worth a palette is only taken where the file gets smaller than this many bytes:
    ///     dithering can cost more than the colours saved
    /// @param thorough whether more ways to pack it are tried
    /// @param ancillary whole chunks that go between header and picture data
    public static byte[] compress(
            Picture picture,
            int quality,
            boolean colour,
            int worth,
            boolean thorough,
            byte[] ancillary,
            Deadline deadline) {
        if (picture instanceof Picture.Colour many && !ExactForm.isSimple(picture)) {
            Optional<Quantised> quantised = Quantiser.quantise(many, quality, deadline);
            if (quantised.isPresent()) {
                byte[] indexed = PngEncoder.indexed(quantised.get(), thorough, ancillary, deadline);
                if (indexed.length < worth) {
                    return indexed;
                }
            }
        }
        return PngEncoder.exact(picture, colour, thorough, ancillary, deadline);
    }
}
