package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsException;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.SourceImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one build of libvips reads and writes. A reader of HEIF files may lack the codec of AVIF or of HEIC, so
/// these two are tried on a tiny picture.
///
/// @param read among those this engine asks for
/// @param written likewise
record VipsFormats(Set<ImageFormat> read, Set<ImageFormat> written) {
    /// Formats that no other engine reads.
    static final Set<ImageFormat> ONLY_HERE = Set.of(ImageFormat.AVIF, ImageFormat.HEIC, ImageFormat.SVG);

    /// As the chunk gAMA has it: 1/2.2, which is taken for sRGB's curve.
    private static final int SRGB_GAMMA = 45_455;

    private static final Set<ImageFormat> SEVERAL = EnumSet.of(
            ImageFormat.JPEG,
            ImageFormat.PNG,
            ImageFormat.WEBP,
            ImageFormat.TIFF,
            ImageFormat.AVIF,
            ImageFormat.HEIC,
            ImageFormat.SVG);

    static VipsFormats of(LibVips vips) {
        EnumSet<ImageFormat> read = EnumSet.noneOf(ImageFormat.class);
        EnumSet<ImageFormat> written = EnumSet.noneOf(ImageFormat.class);
        for (ImageFormat format : SEVERAL) {
            if (loader(format).filter(vips::has).isPresent() && (!isHeif(format) || decodes(vips, format))) {
                read.add(format);
            }
            if (saver(format).filter(vips::has).isPresent() && (!isHeif(format) || encodesAvif(vips))) {
                written.add(format);
            }
        }
        return new VipsFormats(read, written);
    }

    private static boolean isHeif(ImageFormat format) {
        return format == ImageFormat.AVIF || format == ImageFormat.HEIC;
    }

    static Optional<String> loader(ImageFormat format) {
        return switch (format) {
            case JPEG -> Optional.of("jpegload_buffer");
            case PNG -> Optional.of("pngload_buffer");
            case WEBP -> Optional.of("webpload_buffer");
            case TIFF -> Optional.of("tiffload_buffer");
            case AVIF, HEIC -> Optional.of("heifload_buffer");
            case SVG -> Optional.of("svgload_buffer");
            case GIF, BMP, ICO, JXL, JP2, PSD -> Optional.empty();
        };
    }

    static boolean isReadable(ImageFormat format) {
        return loader(format).isPresent();
    }

    static Optional<String> saver(ImageFormat format) {
        return switch (format) {
            case JPEG -> Optional.of("jpegsave_buffer");
            case PNG -> Optional.of("pngsave_buffer");
            case WEBP -> Optional.of("webpsave_buffer");
            case AVIF -> Optional.of("heifsave_buffer");
            case GIF, BMP, TIFF, ICO, HEIC, JXL, JP2, PSD, SVG -> Optional.empty();
        };
    }

    /// Whether libvips gets the picture right: it does not heed what a PNG says of its tones.
    static boolean isRead(SourceImage source) {
        if (source.format() != ImageFormat.PNG) {
            return loader(source.format()).isPresent();
        }
        PngFile file = PngFile.parse(source.bytes());
        boolean profiled =
                file.dataOf("sRGB").isPresent() || file.dataOf("iCCP").isPresent();
        boolean usual = file.dataOf("gAMA")
                .map(data -> data.length != 4 || Math.abs(ByteBuffer.wrap(data).getInt() - SRGB_GAMMA) < 500)
                .orElse(true);
        return file.dataOf("cICP").isEmpty() && (profiled || usual);
    }

    private static boolean decodes(LibVips vips, ImageFormat format) {
        try (VipsWork work = vips.work(Deadline.in(Duration.ofSeconds(10)))) {
            work.open("heifload_buffer", sample(format), Map.of()).samples();
            return true;
        } catch (VipsException | HalftoneException missing) {
            return false;
        }
    }

    private static byte[] sample(ImageFormat format) {
        try (InputStream in = VipsFormats.class.getResourceAsStream("grey16." + format.extension())) {
            if (in == null) {
                throw new IllegalStateException("the sample picture of " + format + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean encodesAvif(LibVips vips) {
        try (VipsWork work = vips.work(Deadline.in(Duration.ofSeconds(10)))) {
            VipsImage grey = work.of(new byte[3 * 16 * 16], 16, 16, 3);
            return work.save("heifsave_buffer", grey, Map.of("compression", "av1", "effort", 0)).length > 0;
        } catch (VipsException | HalftoneException missing) {
            return false;
        }
    }
}
