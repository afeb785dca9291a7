package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.GifFile;
import dev.halftone.adapters.imaging.container.IcoFile;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.TiffFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngDecoder;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/// Decodes a source image whose header has been read and found within the limits. Whatever a reader throws
/// comes out as a failure of the image.
final class SourceDecoder {
    private SourceDecoder() {}

    static Decoded decode(SourceImage source, ImageHeader header, Deadline deadline) {
        return decode(source, header, header.stored(), deadline);
    }

    /// @param wanted the size it will be shrunk to, not yet upright: the picture may come out smaller than its
    ///     file says, but no smaller than this
    static Decoded decode(SourceImage source, ImageHeader header, PixelSize wanted, Deadline deadline) {
        try {
            Decoded decoded = raw(source, header, wanted, deadline);
            Picture picture = decoded.picture();
            if (!isBetween(wanted.width(), picture.width(), header.stored().width())
                    || !isBetween(
                            wanted.height(), picture.height(), header.stored().height())) {
                throw HalftoneException.of(
                        FailureCode.CORRUPT_IMAGE,
                        "the header says " + header.stored() + " pixels, the data gave " + picture.width() + "x"
                                + picture.height());
            }
            return decoded;
        } catch (OutOfMemoryError e) {
            throw HalftoneException.of(
                    FailureCode.TOO_MANY_PIXELS,
                    "decoding " + header.stored() + " pixels needs more memory than there is",
                    e);
        } catch (HalftoneException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (deadline.hasPassed()) {
                deadline.check();
            }
            throw HalftoneException.of(
                    FailureCode.CORRUPT_IMAGE, "the " + source.format().wire() + " can't be decoded: " + said(e), e);
        }
    }

    private static boolean isBetween(int least, int value, int most) {
        return least <= value && value <= most;
    }

    private static String said(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? "its structure is broken"
                : message.lines().findFirst().orElse("");
    }

    private static Decoded raw(SourceImage source, ImageHeader header, PixelSize wanted, Deadline deadline)
            throws IOException {
        byte[] bytes = source.bytes();
        return switch (source.format()) {
            case JPEG -> jpeg(JpegFile.parse(bytes), wanted, deadline);
            case PNG -> png(PngFile.parse(bytes), deadline);
            case GIF ->
                Decoded.of(
                        GifDecoder.decode(GifFile.parse(bytes), header.stored(), deadline),
                        Optional.empty(),
                        Metadata.NONE);
            case WEBP -> {
                WebpFile file = WebpFile.parse(bytes);
                yield Decoded.of(webp(file, header, deadline), file.icc(), file.metadata());
            }
            case BMP -> plain(Plugins.BMP, bytes, 0, deadline);
            case ICO -> plain(Plugins.ICO, bytes, IcoFile.largest(bytes), deadline);
            case TIFF -> tiff(TiffFile.parse(bytes), bytes, deadline);
            case AVIF, HEIC, JXL, JP2, PSD, SVG -> throw new IllegalArgumentException("not a decodable format");
        };
    }

    private static Decoded jpeg(JpegFile file, PixelSize wanted, Deadline deadline) throws IOException {
        Picture picture = JpegDecoder.decode(file, wanted, deadline);
        return switch (JpegDecoder.coding(file)) {
            case GREY, YCBCR ->
                new Decoded(
                        picture,
                        file.icc().flatMap(ColourProfile::of),
                        PngTone.SRGB,
                        file.metadata(),
                        Optional.of(file));
            case RGB -> Decoded.of(picture, file.icc(), file.metadata());
            // Their profile is one for four inks, and is applied already.
            case FOUR -> Decoded.of(picture, Optional.empty(), file.metadata());
        };
    }

    private static Decoded png(PngFile file, Deadline deadline) {
        return new Decoded(
                PngDecoder.decode(file, deadline),
                file.icc().flatMap(ColourProfile::of),
                PngTone.of(file),
                file.metadata(),
                Optional.empty());
    }

    /// Of an animation the first frame, on its canvas.
    private static Picture webp(WebpFile file, ImageHeader header, Deadline deadline) throws IOException {
        Optional<WebpFile.Frame> first = file.firstFrame();
        if (first.isEmpty()) {
            return WebpCodec.decode(file.bytes(), deadline);
        }
        Picture.Colour frame = WebpCodec.decode(first.get().still(), deadline).asColour();
        int width = header.stored().width();
        int height = header.stored().height();
        if (frame.width() == width && frame.height() == height) {
            return frame;
        }
        int[] canvas = new int[width * height];
        int shown = Math.min(frame.width(), width - first.get().left());
        for (int y = 0; y < Math.min(frame.height(), height - first.get().top()) && shown > 0; y++) {
            int to = (first.get().top() + y) * width + first.get().left();
            System.arraycopy(frame.argb(), y * frame.width(), canvas, to, shown);
        }
        return Picture.Colour.of(width, height, canvas);
    }

    private static Decoded plain(Plugins plugin, byte[] bytes, int index, Deadline deadline) throws IOException {
        BufferedImage image = Reading.read(plugin, bytes, index, deadline);
        return Decoded.of(Samples.of(image), Optional.empty(), Metadata.NONE);
    }

    private static Decoded tiff(TiffFile file, byte[] bytes, Deadline deadline) throws IOException {
        Plugins plugin = file.isBig() ? Plugins.BIG_TIFF : Plugins.TIFF;
        BufferedImage image = Reading.read(plugin, bytes, 0, deadline);
        return Decoded.of(Samples.of(image), file.icc(), Metadata.NONE);
    }
}
