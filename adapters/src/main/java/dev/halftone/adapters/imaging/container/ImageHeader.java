package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.image.DeclaredSize;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.util.Optional;

/// What a file says of its picture before any pixel is decoded.
///
/// @param stored width and height as stored
/// @param orientation how to turn the stored pixels upright, 1 to 8 as in EXIF; 1 where nothing valid is said
/// @param frames frames of an animation or pages of a document; 1 for a still picture
public record ImageHeader(PixelSize stored, int orientation, int frames) {

    /// Size as a viewer shows it.
    public PixelSize shown() {
        return orientation >= 5 ? stored.turned() : stored;
    }

    /// A size as shown, brought to the way the pixels are stored.
    public PixelSize toStored(PixelSize upright) {
        return orientation >= 5 ? upright.turned() : upright;
    }

    public boolean animated() {
        return frames > 1;
    }

    /// Reads the header of a format whose structure is known here, and checks every declared size against the
    /// limits before anything is allocated for it. A size that stands at the file's beginning is checked
    /// before the rest is looked at: no byte behind it can make the answer another or later.
    ///
    /// @return empty for formats that are only recognised (AVIF, HEIC, JPEG XL, JPEG 2000, PSD, SVG)
    /// @throws dev.halftone.domain.failure.HalftoneException when the structure is damaged, cut short or over
    /// a limit
    public static Optional<ImageHeader> read(SourceImage source, ImageLimits limits) {
        DeclaredSize.of(source).ifPresent(size -> limits.checkPixels(size.width(), size.height()));
        byte[] bytes = source.bytes();
        return switch (source.format()) {
            case JPEG -> Optional.of(JpegFile.parse(bytes).header(limits));
            case PNG -> Optional.of(PngFile.parse(bytes).header(limits));
            case GIF -> Optional.of(GifFile.parse(bytes).header(limits));
            case WEBP -> Optional.of(WebpFile.parse(bytes).header(limits));
            case BMP -> Optional.of(BmpFile.header(bytes, limits));
            case TIFF -> Optional.of(TiffFile.parse(bytes).header(limits));
            case ICO -> Optional.of(IcoFile.header(bytes, limits));
            case AVIF, HEIC, JXL, JP2, PSD, SVG -> Optional.empty();
        };
    }

    static ImageHeader of(long width, long height, int orientation, int frames, ImageLimits limits) {
        if (width < 1 || height < 1) {
            throw ByteView.damaged("the header declares " + width + "x" + height + " pixels");
        }
        limits.checkPixels(width, height);
        return new ImageHeader(new PixelSize((int) width, (int) height), orientation, frames);
    }
}
