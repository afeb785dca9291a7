package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.svg.SvgCleaner;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Opens source pictures. Where only a small one is wanted, the decoder makes a smaller one straight away: JPEG
/// by leaving coefficients out, WebP by its own scaler; an SVG is drawn at the size it goes out with.
final class VipsReader {
    private final VipsWork work;
    private final SourceImage source;
    private final ImageLimits limits;

    VipsReader(VipsWork work, SourceImage source, ImageLimits limits) {
        this.work = work;
        this.source = source;
        this.limits = limits;
    }

    /// A source picture whose header has been read and found within the limits.
    ///
    /// @param image as stored; it may be smaller than the file says, where a small picture was asked for
    /// @param shown the file's size as a viewer shows it
    /// @param orientation how to turn the stored pixels upright, 1 to 8
    record Opened(VipsImage image, PixelSize shown, int orientation, Metadata metadata, List<String> notes) {

        /// The same, decoded, to be read any number of times.
        Opened inMemory() {
            return new Opened(image.inMemory(), shown, orientation, metadata, notes);
        }

        /// The size that a size seen upright has as stored.
        PixelSize stored(PixelSize upright) {
            return orientation >= 5 ? upright.turned() : upright;
        }
    }

    /// @param header what our own parser says, for the formats that it knows; checked against the limits
    /// @param wanted the size to which a picture of a given size, upright, is scaled first
    Opened open(Optional<ImageHeader> header, UnaryOperator<PixelSize> wanted) {
        return header.isPresent() ? known(header.get(), wanted) : onlyHere(wanted);
    }

    private Opened known(ImageHeader header, UnaryOperator<PixelSize> wanted) {
        PixelSize shown = header.shown();
        PixelSize upright = wanted.apply(shown);
        VipsImage image = load(source.bytes(), smaller(shown, upright));
        return new Opened(image, shown, header.orientation(), metadata(image), List.of());
    }

    /// What is left to scale is at least a half, as libvips's own thumbnails have it: the decoders' scalers are
    /// coarse.
    private Map<String, Object> smaller(PixelSize shown, PixelSize wanted) {
        double factor = Math.min((double) shown.width() / wanted.width(), (double) shown.height() / wanted.height());
        return switch (source.format()) {
            case JPEG -> factor >= 4 ? Map.of("shrink", factor >= 16 ? 8 : factor >= 8 ? 4 : 2) : Map.of();
            case WEBP -> factor >= 4 ? Map.of("scale", 2 / factor) : Map.of();
            case PNG, GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> Map.of();
        };
    }

    private Opened onlyHere(UnaryOperator<PixelSize> wanted) {
        boolean svg = source.format() == ImageFormat.SVG;
        byte[] bytes = svg ? SvgCleaner.clean(source.bytes(), limits) : source.bytes();
        VipsImage image = load(bytes, Map.of());
        PixelSize shown = image.size();
        limits.checkPixels(shown.width(), shown.height());
        if (!svg) {
            List<String> notes = image.pages() > 1
                    ? List.of("the file holds " + image.pages() + " pictures: its main one is taken")
                    : List.of();
            return new Opened(image, shown, 1, metadata(image), notes);
        }
        PixelSize drawn = wanted.apply(shown);
        double scale = Math.max((double) drawn.width() / shown.width(), (double) drawn.height() / shown.height());
        VipsImage scaled = scale == 1 ? image : load(bytes, Map.of("scale", scale));
        limits.checkPixels(scaled.width(), scaled.height());
        return new Opened(scaled, shown, 1, Metadata.NONE, List.of());
    }

    private VipsImage load(byte[] bytes, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put("access", "sequential");
        options.put("fail_on", "error");
        return work.open(VipsFormats.loader(source.format()).orElseThrow(), bytes, options);
    }

    private Metadata metadata(VipsImage image) {
        return switch (source.format()) {
            case JPEG -> JpegFile.parse(source.bytes()).metadata();
            case PNG -> PngFile.parse(source.bytes()).metadata();
            case WEBP -> WebpFile.parse(source.bytes()).metadata();
            case AVIF, HEIC -> blocks(image);
            case GIF, BMP, TIFF, ICO, JXL, JP2, PSD, SVG -> Metadata.NONE;
        };
    }

    /// libvips keeps JPEG's signature in front of every EXIF block.
    private static Metadata blocks(VipsImage image) {
        Optional<byte[]> exif = image.block("exif-data")
                .map(block -> block.length > 6 && block[0] == 'E' && block[4] == 0
                        ? Arrays.copyOfRange(block, 6, block.length)
                        : block);
        return new Metadata(exif, image.block("xmp-data"), Optional.empty(), List.of());
    }
}
