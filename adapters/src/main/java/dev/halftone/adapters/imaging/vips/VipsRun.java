package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.HeifFile;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.vips.VipsReader.Opened;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fitting;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/// One picture on its way through libvips: opened, scaled, turned upright, brought to plain colours, worked on,
/// written.
record VipsRun(
        LibVips vips,
        VipsWork work,
        VipsSources sources,
        ImageLimits limits,
        Deadline deadline,
        ToDoubleBiFunction<Picture, Picture> likeness) {

    /// What a picture looks like after its operations.
    ///
    /// @param notes what a user should know of it
    record Worked(VipsImage image, Opened from, List<String> notes) {}

    EngineResult run(SourceImage source, Optional<ImageHeader> header, Pipeline pipeline) {
        ImageFormat target = pipeline.output().format().over(source.format());
        Optional<Worked> worked = worked(source, header, pipeline);
        if (worked.isEmpty()) {
            return new EngineResult.Declined("its samples are none of a photo");
        }
        return written(worked.get(), source, target, pipeline.output());
    }

    /// @return empty where its colours are not those of a picture
    Optional<Worked> worked(SourceImage source, Optional<ImageHeader> header, Pipeline pipeline) {
        Opened opened = sources.open(source, header, shown -> VipsSteps.firstScale(pipeline, shown));
        PixelSize largest = pipeline.largest(opened.shown());
        limits.checkPixels(largest.width(), largest.height());
        VipsColours colours = new VipsColours(work);
        VipsSteps steps = new VipsSteps(colours);
        PixelSize first = VipsSteps.firstScale(pipeline, opened.shown());
        VipsImage scaled = steps.scaled(opened.image(), opened.stored(first));
        return colours.plain(VipsSteps.upright(scaled, opened.orientation())).map(plain -> {
            List<String> notes = new ArrayList<>(opened.notes());
            boolean exact = pipeline.output().target() instanceof CompressionTarget.Lossless;
            if (exact && opened.image().block(VipsColours.PROFILE).isPresent()) {
                notes.add("quality=lossless: the colour profile was applied, the picture is sRGB now");
            }
            return new Worked(stepped(steps, plain, opened.shown(), pipeline, notes), opened, notes);
        });
    }

    private static VipsImage stepped(
            VipsSteps steps, VipsImage plain, PixelSize shown, Pipeline pipeline, List<String> notes) {
        List<Operation> operations = pipeline.operations();
        VipsImage made = plain;
        if (!operations.isEmpty() && operations.getFirst() instanceof Operation.Resize resize) {
            made = steps.place(plain, Fitting.of(shown, resize), resize.background());
            operations = operations.subList(1, operations.size());
        }
        VipsImage worked = steps.all(made, operations, notes::add);
        return steps.scaled(worked, pipeline.output().over(worked.size()));
    }

    EngineResult written(Worked worked, SourceImage source, ImageFormat target, Compression compression) {
        Metadata allowed = worked.from.metadata().under(compression.metadata());
        Metadata metadata = target == source.format() ? allowed : allowed.portable();
        VipsOutput output = new VipsOutput(work, vips, compression, deadline);
        VipsImage image = worked.image;
        List<String> notes = new ArrayList<>(worked.notes);
        boolean exact = compression.target() instanceof CompressionTarget.Lossless;
        byte[] bytes = switch (target) {
            case JPEG -> output.jpeg(image, quality(compression), metadata);
            case PNG -> exact ? output.pngExactly(image, metadata) : output.png(image, quality(compression), metadata);
            case WEBP ->
                exact ? output.webpExactly(image, metadata) : output.webp(image, quality(compression), metadata);
            case AVIF -> {
                AvifTarget.Made made = new AvifTarget(output, image.inMemory(), metadata, this)
                        .meet(compression.target(), source.bytes().length);
                notes.addAll(made.notes());
                yield made.bytes();
            }
            case GIF, BMP, TIFF, ICO, HEIC, JXL, JP2, PSD, SVG ->
                throw new IllegalArgumentException(target.wire() + " is not a format that is written");
        };
        deadline.check();
        PixelSize size = image.size();
        return new EngineResult.Encoded(
                new EncodedImage(target, bytes, size, notes), !size.equals(worked.from.shown()));
    }

    private static int quality(Compression compression) {
        return compression.target() instanceof CompressionTarget.ToQuality(Quality quality)
                ? quality.value()
                : Quality.DEFAULT.value();
    }

    /// Of a file that is passed on as it is, decoded all the same: that tells a broken one.
    EngineResult kept(SourceImage source, String note) {
        Opened opened = sources.open(source, Optional.empty(), shown -> shown);
        opened.image().inMemory();
        return new EngineResult.Keep(opened.shown(), note);
    }

    boolean isOpaque(SourceImage source) {
        return !sources.open(source, Optional.empty(), shown -> shown).image().hasAlpha();
    }

    static boolean isSequence(SourceImage source) {
        boolean boxes = source.format() == ImageFormat.AVIF || source.format() == ImageFormat.HEIC;
        return boxes && HeifFile.parse(source.bytes()).isSequence();
    }

    Picture decodedAvif(byte[] file) {
        VipsImage image = work.open("heifload_buffer", file, java.util.Map.of());
        return Pictures.of(new VipsColours(work).plain(image).orElseThrow());
    }
}
