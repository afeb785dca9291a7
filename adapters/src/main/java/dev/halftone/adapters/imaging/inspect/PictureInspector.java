package dev.halftone.adapters.imaging.inspect;

import dev.halftone.adapters.imaging.awt.SmallCopy;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.asset.ImageFacts;
import dev.halftone.domain.asset.ImageFacts.Look;
import dev.halftone.domain.asset.ImageFacts.Tag;
import dev.halftone.domain.asset.ImageInspector;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.PerceptualHasher;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/// Looks into images: header and limits first, then a small decoded copy, which
/// tells a damaged file too. Stateless and thread-safe.
public final class PictureInspector implements ImageInspector, PerceptualHasher {
    /// Enough for a hash of 32 by 32, a blur, and five colours.
    private static final int SIDE = 96;

    private static final Compression SMALL = Compression.DEFAULT
            .withFormat(TargetFormat.PNG)
            .withTarget(new CompressionTarget.Lossless())
            .withBounds(OptionalInt.of(SIDE), OptionalInt.of(SIDE));

    private static final int BLUR_ACROSS = 4;
    private static final int BLUR_DOWN = 3;

    private final Optional<Other> other;

    /// What reads pictures whose structure is not known here.
    ///
    /// @param shown their size as a viewer shows it; empty for what it does not read
    private record Other(ImageEngine engine, BiFunction<SourceImage, ImageLimits, Optional<PixelSize>> shown) {}

    /// Without AVIF and HEIC.
    public PictureInspector() {
        this.other = Optional.empty();
    }

    /// @param engine makes small pictures of those whose size the function after it tells
    public PictureInspector(ImageEngine engine, BiFunction<SourceImage, ImageLimits, Optional<PixelSize>> shown) {
        this.other = Optional.of(new Other(engine, shown));
    }

    @Override
    public Inspected inspect(SourceImage source, ImageLimits limits) {
        limits.checkBytes(source.bytes().length);
        Optional<PixelSize> foreign = other.flatMap(reader -> reader.shown.apply(source, limits));
        if (foreign.isPresent()) {
            Optional<Look> look = small(source, limits).flatMap(png -> look(png, header(png, limits), limits));
            return new Inspected(foreign.get(), new ImageFacts(1, look, List.of()));
        }
        ImageHeader header = header(source, limits);
        Optional<Look> look = look(source, header, limits);
        return new Inspected(header.shown(), new ImageFacts(header.frames(), look, tags(source)));
    }

    @Override
    public Optional<PerceptualHash> hash(SourceImage image, ImageLimits limits) {
        try {
            SourceImage read = other.filter(
                            reader -> reader.shown.apply(image, limits).isPresent())
                    .flatMap(reader -> small(image, limits))
                    .orElse(image);
            return SmallCopy.of(read, header(read, limits), SIDE, Deadline.in(limits.processing()))
                    .map(LumaHash::of);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /// A damaged picture is told here.
    private Optional<SourceImage> small(SourceImage source, ImageLimits limits) {
        return other.map(reader -> reader.engine.compress(source, SMALL, limits))
                .filter(EngineResult.Encoded.class::isInstance)
                .map(made -> ((EngineResult.Encoded) made).image())
                .map(image -> new SourceImage(image.format(), image.bytes()));
    }

    private static ImageHeader header(SourceImage source, ImageLimits limits) {
        try {
            return ImageHeader.read(source, limits)
                    .orElseThrow(() -> HalftoneException.of(
                            FailureCode.UNSUPPORTED_FORMAT,
                            source.format().wire() + " is recognised, but not read by this build"));
        } catch (HalftoneException e) {
            throw e;
        } catch (RuntimeException e) {
            throw HalftoneException.of(
                    FailureCode.CORRUPT_IMAGE,
                    "the header of the " + source.format().wire() + " is broken",
                    e);
        }
    }

    private static Optional<Look> look(SourceImage source, ImageHeader header, ImageLimits limits) {
        return SmallCopy.of(source, header, SIDE, Deadline.in(limits.processing()))
                .map(PictureInspector::look);
    }

    private static Look look(Picture small) {
        return new Look(LumaHash.of(small), BlurHash.of(small, BLUR_ACROSS, BLUR_DOWN), DominantColours.of(small));
    }

    private static List<Tag> tags(SourceImage source) {
        try {
            return MetadataTags.of(metadata(source));
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static Metadata metadata(SourceImage source) {
        return switch (source.format()) {
            case JPEG -> JpegFile.parse(source.bytes()).metadata();
            case PNG -> PngFile.parse(source.bytes()).metadata();
            case WEBP -> WebpFile.parse(source.bytes()).metadata();
            case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> Metadata.NONE;
        };
    }
}
