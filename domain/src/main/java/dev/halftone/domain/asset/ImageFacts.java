package dev.halftone.domain.asset;

import dev.halftone.domain.image.PerceptualHash;
import java.util.List;
import java.util.Optional;

/// What was found out about an image beside its size: made from its bytes alone, so it can be made again at any
/// time.
///
/// @param frames of an animation, pages of a document; 1 for a still picture
/// @param look what it looks like; empty where its pixels can't be decoded here, as of an animated WebP
/// @param tags its EXIF, IPTC and XMP entries, in the order of the file
public record ImageFacts(int frames, Optional<Look> look, List<Tag> tags) {

    public ImageFacts {
        tags = List.copyOf(tags);
    }

    /// @param blurHash a placeholder of 4 by 3 components, see <https://blurha.sh>
    /// @param colours the dominant ones, at most five, the largest share first
    public record Look(PerceptualHash hash, String blurHash, List<Swatch> colours) {
        public Look {
            colours = List.copyOf(colours);
        }
    }

    /// A colour and how much of the picture has it.
    ///
    /// @param rgb `0xRRGGBB`
    /// @param share of the visible pixels, over 0 to 1
    public record Swatch(int rgb, double share) {}

    /// One entry of the metadata.
    ///
    /// @param group the directory it stands in, such as `Exif IFD0`
    /// @param personal whether it may tell who or where somebody is: positions, serial numbers, names.
    ///     Shown only where asked for
    public record Tag(String group, String name, String value, boolean personal) {}
}
