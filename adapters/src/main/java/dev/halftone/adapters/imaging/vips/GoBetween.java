package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.vips.binding.VipsException;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The formats that libvips alone knows, with the operations and targets that another engine alone knows: in
/// between, the picture is an exact PNG. Where libvips does all of it, nothing is in between.
///
/// @param marks such as the other engine reads
record GoBetween(VipsRun run, ImageEngine other, Map<String, SourceImage> marks, ImageLimits limits) {

    /// Whether no other engine reads it.
    static boolean isReadHere(SourceImage image) {
        return VipsFormats.ONLY_HERE.contains(image.format());
    }

    /// With marks that the other engine reads, too.
    static GoBetween of(VipsRun run, ImageEngine other, Map<String, SourceImage> marks, ImageLimits limits) {
        GoBetween reader = new GoBetween(run, other, Map.of(), limits);
        Map<String, SourceImage> readable = new HashMap<>();
        marks.forEach((id, mark) -> {
            limits.checkBytes(mark.bytes().length);
            readable.put(id, isReadHere(mark) ? reader.asPng(mark) : mark);
        });
        return new GoBetween(run, other, readable, limits);
    }

    EngineResult run(SourceImage source, Optional<ImageHeader> header, Pipeline pipeline) {
        ImageFormat asked = pipeline.output().format().over(source.format());
        if (!isReadHere(source) && asked != ImageFormat.AVIF) {
            return other.run(source, pipeline, marks, unmeasured());
        }
        boolean film = VipsRun.isSequence(source);
        if (film && !pipeline.changesPicture()) {
            return run.kept(source, "animated: kept as it is");
        }
        if (asked == ImageFormat.HEIC && !pipeline.changesPicture()) {
            return run.kept(source, "heic is not written by this build: kept as it is; name a format to convert it");
        }
        List<String> notes = new ArrayList<>();
        if (film) {
            notes.add("animated: the operations were run on the first frame, which is a still picture now");
        }
        ImageFormat target = asked;
        if (VipsFormats.saver(asked).isEmpty()) {
            target = run.isOpaque(source) ? ImageFormat.JPEG : ImageFormat.PNG;
            notes.add(asked.wire() + " is not written by this build: " + target.wire() + " instead");
        }
        TargetFormat format = TargetFormat.ofWire(target.wire()).orElseThrow();
        Pipeline named = new Pipeline(pipeline.operations(), pipeline.output().withFormat(format));
        EngineResult made = target == ImageFormat.AVIF ? avif(source, header, named) : known(source, header, named);
        return made instanceof EngineResult.Encoded(EncodedImage image, boolean resized)
                ? new EngineResult.Encoded(noted(image, notes), resized)
                : made;
    }

    private EngineResult avif(SourceImage source, Optional<ImageHeader> header, Pipeline pipeline) {
        boolean readHere = isReadHere(source);
        boolean whole = VipsSteps.foreign(pipeline).isEmpty() && (readHere || VipsFormats.isRead(source));
        EngineResult made = whole ? tried(source, header, pipeline, readHere) : new EngineResult.Declined("");
        return made instanceof EngineResult.Declined
                ? avifOf(readHere ? asPng(source) : source, source, pipeline)
                : made;
    }

    /// What libvips does not understand of a format that others read too, the other engine may.
    private EngineResult tried(SourceImage source, Optional<ImageHeader> header, Pipeline pipeline, boolean readHere) {
        try {
            return run.run(source, header, pipeline);
        } catch (VipsException e) {
            if (readHere) {
                throw e;
            }
            run.deadline().check();
            return new EngineResult.Declined("libvips says " + e.getMessage());
        }
    }

    private EngineResult known(SourceImage source, Optional<ImageHeader> header, Pipeline pipeline) {
        ImageFormat target = pipeline.output().format().over(source.format());
        return VipsEngine.isDoneHere(pipeline, target) ? run.run(source, header, pipeline) : byOther(source, pipeline);
    }

    private static EncodedImage noted(EncodedImage image, List<String> notes) {
        return new EncodedImage(
                image.format(),
                image.bytes(),
                image.size(),
                Stream.concat(notes.stream(), image.notes().stream()).toList());
    }

    private SourceImage asPng(SourceImage source) {
        VipsRun.Worked worked = run.worked(source, Optional.empty(), Pipeline.of(Compression.DEFAULT))
                .orElseThrow();
        Metadata metadata = worked.from().metadata().under(MetadataPolicy.KEEP).portable();
        VipsOutput output = new VipsOutput(run.work(), run.vips(), Compression.DEFAULT, run.deadline());
        return new SourceImage(ImageFormat.PNG, output.lightPng(worked.image(), metadata));
    }

    /// The other engine works on it, and writes it.
    private EngineResult byOther(SourceImage source, Pipeline pipeline) {
        SourceImage png = asPng(source);
        Compression output = aimed(pipeline.output(), source);
        EngineResult made = other.run(png, new Pipeline(pipeline.operations(), output), marks, unmeasured());
        // The PNG in between is no original.
        return made instanceof EngineResult.Keep(PixelSize shown, String note)
                ? new EngineResult.Encoded(EncodedImage.of(ImageFormat.PNG, png.bytes(), shown), false)
                : made;
    }

    /// The other engine reads it and works on it, libvips writes it.
    private EngineResult avifOf(SourceImage readable, SourceImage source, Pipeline pipeline) {
        Compression exact = pipeline.output()
                .withFormat(VipsFormats.isRead(readable) ? TargetFormat.PNG : TargetFormat.WEBP)
                .withTarget(new CompressionTarget.Lossless())
                .withMetadata(MetadataPolicy.KEEP);
        EngineResult made = other.run(readable, new Pipeline(pipeline.operations(), exact), marks, unmeasured());
        return switch (made) {
            case EngineResult.Declined declined -> declined;
            case EngineResult.Keep keep -> encoded(readable, source, pipeline.output(), List.of(), false);
            case EngineResult.Encoded(EncodedImage image, boolean resized) ->
                encoded(
                        new SourceImage(image.format(), image.bytes()),
                        source,
                        pipeline.output(),
                        image.notes(),
                        resized);
        };
    }

    private EngineResult encoded(
            SourceImage worked, SourceImage source, Compression output, List<String> notes, boolean resized) {
        Compression bare = aimed(output, source).withBounds(OptionalInt.empty(), OptionalInt.empty());
        EngineResult made = run.run(worked, ImageHeader.read(worked, unmeasured()), Pipeline.of(bare));
        return made instanceof EngineResult.Encoded encoded
                ? new EngineResult.Encoded(noted(encoded.image(), notes), resized)
                : made;
    }

    /// A ratio is one to the source's bytes, not to those of the picture in between.
    private static Compression aimed(Compression output, SourceImage source) {
        OptionalLong ceiling = output.target().ceiling(source.bytes().length);
        return ceiling.isPresent()
                ? output.withTarget(new CompressionTarget.ToBytes(Math.max(1, ceiling.getAsLong())))
                : output;
    }

    /// A picture in between may have more bytes than a file from outside.
    private ImageLimits unmeasured() {
        return limits.withMaxBytes(Integer.MAX_VALUE);
    }
}
