package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Deadline;
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

/// The engine that always works: header, decode, shrink, turn upright, encode. Reads JPEG, PNG, GIF, WebP,
/// BMP, TIFF and ICO; writes JPEG, PNG and WebP. Animations, documents of several pages, and formats it does
/// not write are checked and passed on. Stateless and thread-safe.
public final class AwtEngine implements ImageEngine {

    @Override
    public String name() {
        return "awt";
    }

    @Override
    public EngineResult compress(SourceImage source, Compression compression, ImageLimits limits) {
        limits.checkBytes(source.bytes().length);
        Deadline deadline = Deadline.in(limits.processing());
        Optional<ImageHeader> header = headerOf(source, limits);
        if (header.isEmpty()) {
            return new EngineResult.Declined(source.format().wire() + " is not decoded by this build");
        }
        if (!(compression.target() instanceof CompressionTarget.ToQuality)) {
            return new EngineResult.Declined(compression.target().wire() + " is not built into the pixel engine yet");
        }
        ImageFormat target = compression.format().over(source.format());
        if (needsWebp(source, target) && !WebpCodec.isAvailable()) {
            return new EngineResult.Declined("libwebp does not load on this machine");
        }
        return process(source, header.get(), target, compression, deadline);
    }

    private static boolean needsWebp(SourceImage source, ImageFormat target) {
        return source.format() == ImageFormat.WEBP || target == ImageFormat.WEBP;
    }

    private static Optional<ImageHeader> headerOf(SourceImage source, ImageLimits limits) {
        try {
            return ImageHeader.read(source, limits);
        } catch (HalftoneException e) {
            throw e;
        } catch (RuntimeException e) {
            throw HalftoneException.of(
                    FailureCode.CORRUPT_IMAGE,
                    "the header of the " + source.format().wire() + " is broken",
                    e);
        }
    }

    private static EngineResult process(
            SourceImage source, ImageHeader header, ImageFormat target, Compression compression, Deadline deadline) {
        if (header.animated()) {
            return keepAnimated(source, header, deadline);
        }
        return switch (target) {
            case JPEG, PNG, WEBP -> {
                PixelSize wanted = stored(header, compression.over(header.shown()));
                Decoded decoded = SourceDecoder.decode(source, header, wanted, deadline);
                yield encode(source, decoded, header, target, compression, deadline);
            }
            case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> {
                SourceDecoder.decode(source, header, deadline);
                yield new EngineResult.Keep(
                        header.shown(),
                        target.wire() + " is not written by this build: kept as it is; name a format to convert it");
            }
        };
    }

    private static PixelSize stored(ImageHeader header, PixelSize shown) {
        return header.orientation() >= 5 ? shown.turned() : shown;
    }

    /// The first frame of a GIF is decoded all the same: its structure alone does not tell a broken one.
    private static EngineResult keepAnimated(SourceImage source, ImageHeader header, Deadline deadline) {
        if (source.format() == ImageFormat.TIFF) {
            return new EngineResult.Keep(header.shown(), header.frames() + " pages: kept as it is");
        }
        if (source.format() == ImageFormat.GIF || source.format() == ImageFormat.PNG) {
            SourceDecoder.decode(source, header, deadline);
        }
        return new EngineResult.Keep(header.shown(), "animated: kept as it is");
    }

    private static EngineResult encode(
            SourceImage source,
            Decoded decoded,
            ImageHeader header,
            ImageFormat target,
            Compression compression,
            Deadline deadline) {
        PixelSize shown = header.shown();
        PixelSize wanted = compression.over(shown);
        boolean resized = !wanted.equals(shown);
        try {
            Decoded shrunk =
                    resized ? decoded.with(Shrinking.to(decoded.picture(), stored(header, wanted), deadline)) : decoded;
            Decoded upright = shrunk.with(Turn.upright(shrunk.picture(), header.orientation()));
            int quality = switch (compression.target()) {
                case CompressionTarget.ToQuality to -> to.quality().value();
                case CompressionTarget.Lossless lossless -> throw new IllegalArgumentException(lossless.wire());
                case CompressionTarget.ToRatio ratio -> throw new IllegalArgumentException(ratio.wire());
                case CompressionTarget.ToBytes most -> throw new IllegalArgumentException(most.wire());
                case CompressionTarget.ToSsim ssim -> throw new IllegalArgumentException(ssim.wire());
            };
            Metadata metadata = OutputEncoder.metadata(decoded, compression.metadata(), target == source.format());
            boolean comparable = !resized && source.format() == ImageFormat.PNG;
            int worth = comparable ? source.bytes().length : Integer.MAX_VALUE;
            byte[] bytes = switch (target) {
                case JPEG -> OutputEncoder.jpeg(upright, !resized, quality, metadata, deadline);
                case PNG -> OutputEncoder.png(upright, quality, worth, metadata, deadline);
                case WEBP -> OutputEncoder.webp(upright, quality, metadata, deadline);
                case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG ->
                    throw new IllegalArgumentException("not a format that is written");
            };
            return new EngineResult.Encoded(EncodedImage.of(target, bytes, wanted), resized);
        } catch (IOException e) {
            deadline.check();
            throw HalftoneException.of(FailureCode.INTERNAL, "the picture could not be written as " + target.wire(), e);
        } catch (OutOfMemoryError e) {
            throw HalftoneException.of(
                    FailureCode.TOO_MANY_PIXELS, "encoding " + wanted + " pixels needs more memory than there is", e);
        }
    }
}
