package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.adapters.imaging.steps.Matting;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.OpenedSource;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleBiFunction;

/// The engine that always works: header, decode, shrink, turn upright, encode, and [OperationsRun] where there
/// are operations. Reads JPEG, PNG, GIF, WebP, BMP, TIFF and ICO; writes JPEG, PNG and WebP. Without operations
/// animations, documents of several pages, and formats it does not write are checked and passed on. Stateless
/// and thread-safe.
public final class AwtEngine implements ImageEngine {
    private final MeetTarget meetTarget;
    private final Matting matting;

    public AwtEngine() {
        this(LumaSimilarity::between);
    }

    /// @param matting tells backgrounds
    public AwtEngine(Matting matting) {
        this(LumaSimilarity::between, matting);
    }

    /// @param likeness of two pictures of one size, the decoded output and what it was made from: 1 for equal
    /// ones
    public AwtEngine(ToDoubleBiFunction<Picture, Picture> likeness) {
        this(likeness, Matting.NONE);
    }

    private AwtEngine(ToDoubleBiFunction<Picture, Picture> likeness, Matting matting) {
        this.meetTarget = new MeetTarget(likeness);
        this.matting = matting;
    }

    /// For an operator, in one line: the formats.
    public static String report() {
        return WebpCodec.isAvailable()
                ? "reads bmp gif ico jpeg png tiff webp, writes jpeg png webp"
                : "reads bmp gif ico jpeg png tiff, writes jpeg png; libwebp does not load on this machine";
    }

    @Override
    public String name() {
        return "awt";
    }

    @Override
    public void require(Pipeline pipeline) {
        if (pipeline.operations().stream().anyMatch(Operation.CutOut.class::isInstance)) {
            matting.require();
        }
    }

    @Override
    public EngineResult run(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
        return open(source, List.of(pipeline), marks, limits).run(pipeline);
    }

    @Override
    public OpenedSource open(
            SourceImage source, List<Pipeline> planned, Map<String, SourceImage> marks, ImageLimits limits) {
        limits.checkBytes(source.bytes().length);
        Optional<ImageHeader> header = headerOf(source, limits);
        if (header.isEmpty()) {
            return pipeline -> new EngineResult.Declined(source.format().wire() + " is not decoded by this build");
        }
        SourcePixels pixels = new SourcePixels(source, header.get(), planned);
        return pipeline -> run(source, header.get(), pixels, pipeline, marks, limits);
    }

    private EngineResult run(
            SourceImage source,
            ImageHeader header,
            SourcePixels pixels,
            Pipeline pipeline,
            Map<String, SourceImage> marks,
            ImageLimits limits) {
        require(pipeline);
        Compression compression = pipeline.output();
        Deadline deadline = Deadline.in(limits.processing());
        ImageFormat target = compression.format().over(source.format());
        if (target == ImageFormat.AVIF && (pipeline.changesPicture() || !header.animated())) {
            return new EngineResult.Declined("avif is written with libvips alone; ask for webp where there is none");
        }
        if ((target == ImageFormat.WEBP || reads(ImageFormat.WEBP, source, marks)) && !WebpCodec.isAvailable()) {
            return new EngineResult.Declined("libwebp does not load on this machine");
        }
        return pipeline.changesPicture()
                ? new OperationsRun(pipeline, marks, limits, meetTarget, matting, deadline).over(source, header, pixels)
                : process(source, header, pixels, target, compression, deadline);
    }

    private static boolean reads(ImageFormat format, SourceImage source, Map<String, SourceImage> marks) {
        return source.format() == format || marks.values().stream().anyMatch(mark -> mark.format() == format);
    }

    static Optional<ImageHeader> headerOf(SourceImage source, ImageLimits limits) {
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

    private EngineResult process(
            SourceImage source,
            ImageHeader header,
            SourcePixels pixels,
            ImageFormat target,
            Compression compression,
            Deadline deadline) {
        if (header.animated()) {
            return keepAnimated(source, header, pixels, deadline);
        }
        boolean same =
                target == source.format() && compression.over(header.shown()).equals(header.shown());
        Optional<String> kept = same ? reasonToKeep(source, compression.target()) : Optional.empty();
        if (kept.isPresent()) {
            pixels.all(deadline);
            return new EngineResult.Keep(header.shown(), kept.get());
        }
        return switch (target) {
            case JPEG, PNG, WEBP -> {
                Decoded decoded = pixels.atLeast(compression.over(header.shown()), deadline);
                yield encode(source, decoded, header, target, compression, deadline);
            }
            case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> {
                pixels.all(deadline);
                yield new EngineResult.Keep(
                        header.shown(),
                        target.wire() + " is not written by this build: kept as it is; name a format to convert it");
            }
        };
    }

    /// What would only lose by being encoded again: decoded all the same, since that tells a broken one.
    private static Optional<String> reasonToKeep(SourceImage source, CompressionTarget target) {
        OptionalLong ceiling = target.ceiling(source.bytes().length);
        if (ceiling.isPresent() && source.bytes().length <= ceiling.getAsLong()) {
            return Optional.of(target.metAlready());
        }
        if (!(target instanceof CompressionTarget.Lossless)) {
            return Optional.empty();
        }
        if (source.format() == ImageFormat.JPEG) {
            return Optional.of("quality=lossless: this JPEG can only be rewritten with loss, so it is kept as it is");
        }
        return isDeep(source) ? Optional.of("quality=lossless: 16 bits a sample, kept as it is") : Optional.empty();
    }

    private static boolean isDeep(SourceImage source) {
        return source.format() == ImageFormat.PNG
                && PngFile.parse(source.bytes()).dataOf("IHDR").orElseThrow()[8] == 16;
    }

    /// The first frame of a GIF is decoded all the same: its structure alone does not tell a broken one.
    private static EngineResult keepAnimated(
            SourceImage source, ImageHeader header, SourcePixels pixels, Deadline deadline) {
        if (source.format() == ImageFormat.TIFF) {
            return new EngineResult.Keep(header.shown(), header.frames() + " pages: kept as it is");
        }
        if (source.format() == ImageFormat.GIF || source.format() == ImageFormat.PNG) {
            pixels.all(deadline);
        }
        return new EngineResult.Keep(header.shown(), "animated: kept as it is");
    }

    private EngineResult encode(
            SourceImage source,
            Decoded decoded,
            ImageHeader header,
            ImageFormat format,
            Compression compression,
            Deadline deadline) {
        PixelSize shown = header.shown();
        PixelSize wanted = compression.over(shown);
        boolean resized = !wanted.equals(shown);
        CompressionTarget target = compression.target();
        try {
            Decoded shrunk = resized
                    ? decoded.with(Shrinking.to(decoded.picture(), header.toStored(wanted), deadline))
                    : decoded;
            Decoded upright = shrunk.with(Turn.upright(shrunk.picture(), header.orientation()));
            Renditions renditions = new Renditions(compression, deadline);
            boolean comparable = !resized && source.format() == ImageFormat.PNG;
            int worth = comparable ? source.bytes().length : Integer.MAX_VALUE;
            Metadata metadata = renditions.metadata(upright, format == source.format());
            Rendition rendition = renditions.in(format, upright, !resized, worth, metadata);
            MeetTarget.Result made = meetTarget.run(rendition, target, source.bytes().length, deadline);
            boolean original = target instanceof CompressionTarget.ToSsim && !resized && format == source.format();
            if (!made.met() && original) {
                return new EngineResult.Keep(shown, target.metAlready());
            }
            List<String> notes = new ArrayList<>(made.notes());
            if (target instanceof CompressionTarget.Lossless && isDeep(source)) {
                notes.add("quality=lossless: 16 bits a sample became 8");
            }
            return new EngineResult.Encoded(new EncodedImage(format, made.bytes(), wanted, notes), resized);
        } catch (IOException e) {
            deadline.check();
            throw HalftoneException.of(FailureCode.INTERNAL, "the picture could not be written as " + format.wire(), e);
        } catch (OutOfMemoryError e) {
            throw HalftoneException.of(
                    FailureCode.TOO_MANY_PIXELS, "encoding " + wanted + " pixels needs more memory than there is", e);
        }
    }
}
