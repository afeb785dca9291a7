package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.adapters.imaging.steps.Matting;
import dev.halftone.adapters.imaging.steps.Steps;
import dev.halftone.adapters.imaging.steps.shape.ResizeStep;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One run of a pipeline that changes the picture: decode, turn upright, bring to sRGB, step by step, then the
/// output's bounds, then encode.
final class OperationsRun {
    /// What a PNG's palette holds.
    private static final int FEW_COLOURS = 256;

    private final Pipeline pipeline;
    private final Map<String, SourceImage> marks;
    private final ImageLimits limits;
    private final MeetTarget meetTarget;
    private final Matting matting;
    private final Deadline deadline;

    OperationsRun(
            Pipeline pipeline,
            Map<String, SourceImage> marks,
            ImageLimits limits,
            MeetTarget meetTarget,
            Matting matting,
            Deadline deadline) {
        this.pipeline = pipeline;
        this.marks = marks;
        this.limits = limits;
        this.meetTarget = meetTarget;
        this.matting = matting;
        this.deadline = deadline;
    }

    EngineResult over(SourceImage source, ImageHeader header, SourcePixels pixels) {
        PixelSize shown = header.shown();
        pipeline.check(shown, limits);
        try {
            return made(source, header, pixels);
        } catch (OutOfMemoryError e) {
            throw HalftoneException.of(
                    FailureCode.TOO_MANY_PIXELS,
                    "the operations on " + shown + " pixels need more memory than there is",
                    e);
        }
    }

    private EngineResult made(SourceImage source, ImageHeader header, SourcePixels pixels) {
        List<String> notes = new ArrayList<>(frames(source, header));
        PixelSize shown = header.shown();
        Decoded decoded = pixels.atLeast(SourcePixels.needed(shown, pipeline), deadline);
        Metadata metadata = decoded.metadata();
        Steps.Result result = new Steps(this::mark, limits, deadline, matting)
                .run(upright(decoded, header), shown, pipeline.operations());
        notes.addAll(result.notes());
        Picture.Colour bounded = bounded(result.picture());
        ImageFormat format = format(source.format(), bounded, notes);
        if (format == ImageFormat.JPEG && !bounded.opaque()) {
            notes.add("jpeg has no transparency: what is clear is laid on white");
        }
        return encoded(source, Decoded.of(bounded.greyIfGrey(), Optional.empty(), metadata), format, notes);
    }

    private static List<String> frames(SourceImage source, ImageHeader header) {
        if (!header.animated()) {
            return List.of();
        }
        return List.of(
                source.format() == ImageFormat.TIFF
                        ? header.frames() + " pages: the operations were run on the first"
                        : "animated: the operations were run on the first frame, which is a still picture now");
    }

    private Picture.Colour upright(Decoded decoded, ImageHeader header) {
        return Turn.upright(decoded.toSrgb(deadline).picture(), header.orientation())
                .asColour();
    }

    /// Read with the same care as the source: callers resolve the ids beforehand.
    private Picture.Colour mark(String id) {
        SourceImage source = marks.get(id);
        if (source == null) {
            throw new IllegalArgumentException("the pipeline names the image " + id + ", which was not handed in");
        }
        ImageHeader header = AwtEngine.headerOf(source, limits)
                .orElseThrow(() -> HalftoneException.of(
                        FailureCode.UNSUPPORTED_FORMAT,
                        "watermark: " + source.format().wire() + " is not decoded by this build"));
        return upright(SourceDecoder.decode(source, header, deadline), header);
    }

    private Picture.Colour bounded(Picture.Colour picture) {
        PixelSize size = new PixelSize(picture.width(), picture.height());
        return ResizeStep.to(picture, pipeline.output().over(size), deadline);
    }

    private ImageFormat format(ImageFormat source, Picture.Colour picture, List<String> notes) {
        ImageFormat format = pipeline.output().format().over(source);
        return switch (format) {
            case JPEG, PNG, WEBP -> format;
            case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> {
                ImageFormat other =
                        !picture.opaque() || hasFewColours(picture.argb()) ? ImageFormat.PNG : ImageFormat.JPEG;
                notes.add(format.wire() + " is not written by this build: " + other.wire() + " instead");
                yield other;
            }
        };
    }

    private static boolean hasFewColours(int[] argb) {
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < argb.length && colours.size() <= FEW_COLOURS; i++) {
            if (i == 0 || argb[i] != argb[i - 1]) {
                colours.add(argb[i]);
            }
        }
        return colours.size() <= FEW_COLOURS;
    }

    private EngineResult encoded(SourceImage source, Decoded ready, ImageFormat format, List<String> notes) {
        Compression output = pipeline.output();
        Drafts drafts = new Drafts(output, deadline);
        try {
            Draft draft = drafts.in(
                    format, ready, false, Integer.MAX_VALUE, drafts.metadata(ready, format == source.format()));
            MeetTarget.Result made = meetTarget.run(draft, output.target(), source.bytes().length, deadline);
            notes.addAll(made.notes());
            PixelSize size =
                    new PixelSize(ready.picture().width(), ready.picture().height());
            return new EngineResult.Encoded(new EncodedImage(format, made.bytes(), size, notes), true);
        } catch (IOException e) {
            deadline.check();
            throw HalftoneException.of(FailureCode.INTERNAL, "the picture could not be written as " + format.wire(), e);
        }
    }
}
