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
import dev.halftone.domain.engine.PerceptualHasher;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.SourceImage;
import java.util.List;
import java.util.Optional;

/// Looks into images whose structure is known here: header and limits first, then a small decoded copy, which
/// tells a damaged file too. Stateless and thread-safe.
public final class PictureInspector implements ImageInspector, PerceptualHasher {
    /// Enough for a hash of 32 by 32, a blur, and five colours.
    private static final int SIDE = 96;

    private static final int BLUR_ACROSS = 4;
    private static final int BLUR_DOWN = 3;

    @Override
    public Inspected inspect(SourceImage source, ImageLimits limits) {
        limits.checkBytes(source.bytes().length);
        ImageHeader header = header(source, limits);
        Optional<Look> look = look(source, header, limits);
        return new Inspected(header.shown(), new ImageFacts(header.frames(), look, tags(source)));
    }

    @Override
    public Optional<PerceptualHash> hash(SourceImage image, ImageLimits limits) {
        try {
            return SmallCopy.of(image, header(image, limits), SIDE, Deadline.in(limits.processing()))
                    .map(LumaHash::of);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
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
