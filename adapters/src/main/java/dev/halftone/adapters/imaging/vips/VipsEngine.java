package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsException;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.OpenedSource;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/// The pixel engine on libvips. It alone reads AVIF, HEIC and SVG and writes AVIF; there it works with every
/// operation and target, if need be with another engine's help. Of the rest it takes what it does faster, and
/// leaves what it does not understand: what libvips refuses, another engine may judge. Thread-safe.
public final class VipsEngine implements ImageEngine {
    private final String place;
    private final EngineChoice choice;
    private final ImageEngine other;
    private final ToDoubleBiFunction<Picture, Picture> likeness;

    /// @param place where the library is looked for, see
    ///     [dev.halftone.adapters.imaging.vips.binding.VipsSearch#in]; not before it is needed
    /// @param other does the operations and targets that this engine does not, on pictures that this one reads
    ///     or writes
    /// @param likeness of two pictures of one size: 1 for equal ones
    public VipsEngine(
            String place, EngineChoice choice, ImageEngine other, ToDoubleBiFunction<Picture, Picture> likeness) {
        this.place = place;
        this.choice = choice;
        this.other = other;
        this.likeness = likeness;
    }

    /// Whether there is a libvips that can be used; looks for it where that was not done yet.
    public static boolean isActive(String place) {
        return VipsBuild.in(place) instanceof VipsBuild.Present;
    }

    /// For an operator, in one line: version, place and formats, or why it is not used.
    public static String report(String place) {
        return VipsBuild.in(place).said();
    }

    /// The formats that the libvips of this place writes; none without one.
    public static Set<ImageFormat> written(String place) {
        return VipsBuild.in(place) instanceof VipsBuild.Present(LibVips vips, VipsFormats formats)
                ? Set.copyOf(formats.written())
                : Set.of();
    }

    @Override
    public String name() {
        return "vips";
    }

    @Override
    public EngineResult run(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
        try (VipsDesk desk = new VipsDesk(source, List.of(pipeline), limits, likeness)) {
            return run(desk, source, pipeline, marks, limits);
        }
    }

    @Override
    public OpenedSource open(
            SourceImage source, List<Pipeline> planned, Map<String, SourceImage> marks, ImageLimits limits) {
        VipsDesk desk = new VipsDesk(source, planned, limits, likeness);
        return new OpenedSource() {
            @Override
            public EngineResult run(Pipeline pipeline, ImageLimits left) {
                return VipsEngine.this.run(desk, source, pipeline, marks, left);
            }

            @Override
            public void close() {
                desk.close();
            }
        };
    }

    private EngineResult run(
            VipsDesk desk, SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
        ImageFormat target = pipeline.output().format().over(source.format());
        boolean only = VipsFormats.ONLY_HERE.contains(source.format())
                || target == ImageFormat.AVIF
                || marks.values().stream().anyMatch(GoBetween::isReadHere);
        if (!only && (!isDoneHere(pipeline, target) || !VipsFormats.isReadable(source.format()))) {
            return new EngineResult.Declined("left to the next engine");
        }
        limits.checkBytes(source.bytes().length);
        Optional<ImageHeader> header = desk.header();
        if (header.filter(ImageHeader::animated).isPresent()) {
            return new EngineResult.Declined("it has several frames or pages");
        }
        if (!only && (!choice.takes(source.format(), header.orElseThrow().shown(), pipeline) || !desk.isRead())) {
            return new EngineResult.Declined("left to the next engine");
        }
        return switch (VipsBuild.in(place)) {
            case VipsBuild.Absent(String reason) ->
                new EngineResult.Declined(reason + "; it is needed for AVIF, HEIC and SVG");
            case VipsBuild.Present(LibVips vips, VipsFormats formats) ->
                lack(formats, source.format(), pipeline)
                        .or(() -> unreadable(formats, marks))
                        .<EngineResult>map(EngineResult.Declined::new)
                        .orElseGet(() -> guarded(desk.run(vips), source, header, pipeline, marks, limits, only));
        };
    }

    /// Whether its operations and its target need no other engine.
    static boolean isDoneHere(Pipeline pipeline, ImageFormat target) {
        boolean aimed = pipeline.output().target() instanceof CompressionTarget.ToQuality
                || pipeline.output().target() instanceof CompressionTarget.Lossless && target != ImageFormat.JPEG;
        return aimed
                && VipsSteps.foreign(pipeline).isEmpty()
                && VipsFormats.saver(target).isPresent();
    }

    static Optional<ImageHeader> headerOf(SourceImage source, ImageLimits limits) {
        try {
            return ImageHeader.read(source, limits);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw HalftoneException.of(
                    FailureCode.CORRUPT_IMAGE,
                    "the header of the " + source.format().wire() + " is broken",
                    e);
        }
    }

    private static Optional<String> lack(VipsFormats formats, ImageFormat source, Pipeline pipeline) {
        ImageFormat target = pipeline.output().format().over(source);
        if (target == ImageFormat.SVG && !pipeline.changesPicture()) {
            return Optional.of("an SVG is drawn where a format is named: jpeg, png, webp or avif");
        }
        if (VipsFormats.ONLY_HERE.contains(source) && !formats.read().contains(source)) {
            return Optional.of("this libvips does not read " + source.wire());
        }
        return target == ImageFormat.AVIF && !formats.written().contains(target)
                ? Optional.of("this libvips does not write avif")
                : Optional.empty();
    }

    private static Optional<String> unreadable(VipsFormats formats, Map<String, SourceImage> marks) {
        return marks.values().stream()
                .map(SourceImage::format)
                .filter(format -> VipsFormats.ONLY_HERE.contains(format)
                        && !formats.read().contains(format))
                .map(format -> "watermark: this libvips does not read " + format.wire())
                .findFirst();
    }

    private EngineResult guarded(
            VipsRun run,
            SourceImage source,
            Optional<ImageHeader> header,
            Pipeline pipeline,
            Map<String, SourceImage> marks,
            ImageLimits limits,
            boolean only) {
        try {
            return only
                    ? GoBetween.of(run, other, marks, limits).run(source, header, pipeline)
                    : run.run(source, header, pipeline);
        } catch (VipsException e) {
            run.deadline().check();
            if (only) {
                throw refused(source, e);
            }
            return new EngineResult.Declined("libvips says " + e.getMessage());
        }
    }

    static HalftoneException refused(SourceImage source, VipsException e) {
        String said = String.valueOf(e.getMessage());
        boolean unknown = said.toLowerCase(Locale.ROOT).contains("unsupported");
        return HalftoneException.of(
                unknown ? FailureCode.UNSUPPORTED_FORMAT : FailureCode.CORRUPT_IMAGE,
                "the " + source.format().wire() + " can't be decoded: " + said,
                e);
    }
}
