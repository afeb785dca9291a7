package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.steps.Matting;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.OpenedSource;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/// The engine that always works: header, decode, then [PlainRun], or [OperationsRun] where there
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
        return open(source, List.of(pipeline), marks, limits).run(pipeline, limits);
    }

    @Override
    public OpenedSource open(
            SourceImage source, List<Pipeline> planned, Map<String, SourceImage> marks, ImageLimits limits) {
        limits.checkBytes(source.bytes().length);
        Optional<ImageHeader> header = headerOf(source, limits);
        if (header.isEmpty()) {
            return (pipeline, left) ->
                    new EngineResult.Declined(source.format().wire() + " is not decoded by this build");
        }
        SourcePixels pixels = new SourcePixels(source, header.get(), planned);
        return (pipeline, left) -> run(source, header.get(), pixels, pipeline, marks, left);
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
                : new PlainRun(source, header, pixels, meetTarget, deadline).into(target, compression);
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
}
