package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.GifFile;
import dev.halftone.adapters.imaging.container.IccProfile;
import dev.halftone.adapters.imaging.container.IcoFile;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.TiffFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.gif.GifDecoder;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.SourceImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/// Decodes a still picture of any format that is read here.
final class AwtReader {
    private AwtReader() {}

    /// @throws UnsupportedVariant for what is intact but not known
    static Decoded read(SourceImage source, ImageHeader header, Deadline deadline)
            throws UnsupportedVariant, IOException {
        byte[] bytes = source.bytes();
        return switch (source.format()) {
            case JPEG -> JpegReading.read(bytes, header, deadline);
            case PNG -> PngReading.read(bytes, header, deadline);
            case WEBP -> webp(bytes, header, deadline);
            case GIF -> Decoded.plain(GifDecoder.decode(GifFile.parse(bytes), header.stored(), deadline), 1);
            case BMP -> plain(Plugins.bmp(), bytes, 0, header, deadline);
            case ICO -> plain(Plugins.ico(), bytes, IcoFile.largest(bytes), header, deadline);
            case TIFF -> tiff(bytes, header, deadline);
            case AVIF, HEIC, JXL, JP2, PSD, SVG ->
                throw new UnsupportedVariant(source.format().wire() + " is not decoded by this engine");
        };
    }

    private static Decoded plain(ImageReader reader, byte[] bytes, int index, ImageHeader header, Deadline deadline) {
        return Decoded.plain(
                BufferedPictures.picture(Reading.read(reader, bytes, index, deadline)), header.orientation());
    }

    private static Decoded webp(byte[] bytes, ImageHeader header, Deadline deadline) throws IOException {
        WebpFile file = WebpFile.parse(bytes);
        Picture picture = BufferedPictures.picture(Reading.read(Plugins.webp(), bytes, 0, deadline));
        return new Decoded(
                picture,
                IccProfile.kept(file.icc(), 3),
                file.metadata(),
                header.orientation(),
                new int[0][],
                new byte[0]);
    }

    private static Decoded tiff(byte[] bytes, ImageHeader header, Deadline deadline) throws IOException {
        boolean big = bytes.length > 3 && (bytes[2] == 43 || bytes[3] == 43);
        TiffFile file = TiffFile.parse(bytes);
        Picture picture = BufferedPictures.picture(Reading.read(Plugins.tiff(big), bytes, 0, deadline));
        return new Decoded(
                picture,
                IccProfile.kept(file.icc(), picture instanceof Picture.Grey ? 1 : 3),
                dev.halftone.adapters.imaging.container.Metadata.NONE,
                header.orientation(),
                new int[0][],
                new byte[0]);
    }
}
