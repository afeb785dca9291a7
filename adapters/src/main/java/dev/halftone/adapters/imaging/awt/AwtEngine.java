package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.AreaAverage;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import java.io.IOException;
import java.util.Optional;

/// Compresses through pixels: header and limits, decode, upright, shrink, encode. Takes JPEG, PNG, WebP, GIF, BMP, TIFF
/// and
/// ICO; animated files and formats that are not written stay as they are, but only after they were found whole.
/// Stateless
/// and thread-safe.
public final class AwtEngine implements ImageEngine {

    @Override
    public String name() {
        return "awt";
    }

    @Override
    public EngineResult compress(SourceImage source, Compression compression, ImageLimits limits) {
        Deadline deadline = Deadline.in(limits.processing());
        Optional<ImageHeader> known = ImageHeader.read(source, limits);
        if (known.isEmpty()) {
            return new EngineResult.Declined(source.format().wire() + " is not decoded by this engine");
        }
        ImageHeader header = known.get();
        if (header.animated() && source.format() != ImageFormat.ICO) {
            return new EngineResult.Keep(
                    header.shown(), header.frames() + " frames or pages: kept as it is, not flattened to one");
        }
        try {
            return made(source, header, compression, deadline);
        } catch (UnsupportedVariant variant) {
            return new EngineResult.Declined(variant.reason());
        } catch (IOException e) {
            throw HalftoneException.of(FailureCode.INTERNAL, "the picture could not be encoded", e);
        } catch (OutOfMemoryError e) {
            throw HalftoneException.of(
                    FailureCode.TOO_MANY_PIXELS, "the picture of " + header.stored() + " does not fit into memory", e);
        }
    }

    private static EngineResult made(SourceImage source, ImageHeader header, Compression compression, Deadline deadline)
            throws UnsupportedVariant, IOException {
        ImageFormat target = compression.format().over(source.format());
        Decoded decoded = AwtReader.read(source, header, deadline);
        Picture upright = Turn.upright(decoded.picture(), decoded.orientation());
        PixelSize shown = new PixelSize(upright.width(), upright.height());
        PixelSize wanted = compression.over(shown);
        boolean resized = !wanted.equals(shown);
        return switch (target) {
            case JPEG, PNG, WEBP -> {
                Picture picture =
                        resized ? AreaAverage.shrink(upright, wanted.width(), wanted.height(), deadline) : upright;
                boolean inPlace = !resized && decoded.orientation() == 1;
                byte[] bytes = encode(source, decoded.withPicture(picture), target, inPlace, compression, deadline);
                yield new EngineResult.Encoded(EncodedImage.of(target, bytes, wanted), resized);
            }
            case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG ->
                new EngineResult.Keep(header.shown(), target.wire() + " is not written anew: kept as it is");
        };
    }

    private static byte[] encode(
            SourceImage source,
            Decoded decoded,
            ImageFormat target,
            boolean inPlace,
            Compression compression,
            Deadline deadline)
            throws IOException {
        int quality = switch (compression.target()) {
            case CompressionTarget.ToQuality to -> to.quality().value();
        };
        Picture picture = decoded.picture();
        Metadata under = decoded.metadata().under(compression.metadata());
        Metadata metadata = target == source.format() ? under : under.portable();
        Optional<byte[]> icc = decoded.icc().filter(profile -> !(picture instanceof Picture.Grey) || isGrey(profile));
        deadline.check();
        return switch (target) {
            case JPEG ->
                JpegWriting.write(picture, quality, inPlace ? decoded.quantisation() : new int[0][], icc, metadata);
            case WEBP -> WebpWriting.write(picture, quality, icc, metadata);
            default ->
                PngWriting.write(
                        picture,
                        quality,
                        icc,
                        target == source.format() ? decoded.colourChunks() : new byte[0],
                        metadata,
                        source.bytes().length,
                        deadline);
        };
    }

    private static boolean isGrey(byte[] profile) {
        return profile[16] == 'G';
    }
}
