package dev.halftone.adapters.imaging.jpeg;

import dev.halftone.adapters.imaging.awt.NeededProfiles;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.turn.Turn;
import dev.halftone.adapters.imaging.jpeg.transcode.Goal;
import dev.halftone.adapters.imaging.jpeg.transcode.JpegTranscoder;
import dev.halftone.adapters.imaging.jpeg.transcode.Recompression;
import dev.halftone.adapters.imaging.jpeg.transcode.Transcoded;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Recompresses JPEGs to JPEGs of the same size in the DCT domain. Declines what needs pixels: another format
/// or size, a turn that cannot be done on blocks, and every file that the codec refuses. Thread-safe; the
/// buffers of a [JpegTranscoder] are handed from one image to the next.
public final class JpegTranscodeEngine implements ImageEngine {
    /// More coefficients than a progressive picture of four megapixels has are not held on to.
    private static final long KEPT_BYTES = 16L << 20;

    private final ConcurrentLinkedQueue<JpegTranscoder> idle = new ConcurrentLinkedQueue<>();
    private final NeededProfiles profiles = new NeededProfiles();

    @Override
    public String name() {
        return "jpeg";
    }

    @Override
    public EngineResult run(SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
        if (pipeline.changesPicture()) {
            return new EngineResult.Declined("operations need pixels");
        }
        Compression compression = pipeline.output();
        if (source.format() != ImageFormat.JPEG || compression.format().over(source.format()) != ImageFormat.JPEG) {
            return new EngineResult.Declined("not from JPEG to JPEG");
        }
        limits.checkBytes(source.bytes().length);
        try {
            if (isResized(source, compression, limits)) {
                return new EngineResult.Declined("resizing needs pixels");
            }
            JpegStream stream = JpegTranscoder.read(source.bytes(), limits.maxPixels());
            return compress(source, stream, compression, limits);
        } catch (RefusedException refused) {
            return new EngineResult.Declined(refused.refusal().toString());
        } catch (OutOfMemoryError e) {
            return new EngineResult.Declined("its coefficients need more memory than there is");
        }
    }

    /// Told by the header, before the whole file is looked at.
    private static boolean isResized(SourceImage source, Compression compression, ImageLimits limits) {
        if (compression.maxWidth().isEmpty() && compression.maxHeight().isEmpty()) {
            return false;
        }
        PixelSize shown = JpegFile.parse(source.bytes()).header(limits).shown();
        return !compression.over(shown).equals(shown);
    }

    private EngineResult compress(SourceImage source, JpegStream stream, Compression compression, ImageLimits limits) {
        Deadline deadline = Deadline.in(limits.processing());
        JpegFile container = JpegFile.parse(source.bytes());
        ImageHeader header = container.header(limits);
        boolean lossless = compression.target() instanceof CompressionTarget.Lossless;
        if (stream.frame().components().size() == 4 && !lossless) {
            return new EngineResult.Declined("four inks are converted to sRGB");
        }
        Turn upright = Turn.upright(header.orientation());
        boolean tagged = !upright.isExact(stream.frame());
        if (tagged && !lossless) {
            return new EngineResult.Declined("this orientation does not fit whole MCUs");
        }
        MetadataPolicy policy = compression.metadata();
        Metadata metadata = tagged
                ? container.metadata().underUnturned(policy)
                : container.metadata().under(policy);
        boolean smallest = compression.encoding().profile() == Profile.SMALLEST;
        Recompression wanted = new Recompression(
                goal(compression.target(), source.bytes().length),
                smallest ? Recompression.Profile.SMALLEST : Recompression.Profile.STANDARD,
                !lossless && compression.encoding().effort() == Effort.BEST,
                compression.encoding().progressive(),
                tagged ? Recompression.NO_TURN : upright,
                JpegSegments.of(neededProfile(container, stream), metadata),
                deadline::check);
        Transcoded made = transcode(stream, wanted);
        List<String> notes = made.reached() ? List.of() : unreached(source, compression.target(), made);
        return new EngineResult.Encoded(new EncodedImage(ImageFormat.JPEG, made.file(), header.shown(), notes), false);
    }

    private static List<String> unreached(SourceImage source, CompressionTarget target, Transcoded made) {
        OptionalLong ceiling = target.ceiling(source.bytes().length);
        return ceiling.isEmpty()
                ? List.of()
                : List.of(target.missedBy(made.file().length, ceiling.getAsLong()) + ", at quality 1");
    }

    private Transcoded transcode(JpegStream stream, Recompression wanted) {
        JpegTranscoder transcoder = Optional.ofNullable(idle.poll()).orElseGet(JpegTranscoder::new);
        Transcoded made = transcoder.transcode(stream, wanted);
        if (transcoder.footprint() <= KEPT_BYTES) {
            idle.offer(transcoder);
        }
        return made;
    }

    private static Goal goal(CompressionTarget target, long inputBytes) {
        return switch (target) {
            case CompressionTarget.ToQuality to ->
                new Goal.AtQuality(to.quality().value());
            case CompressionTarget.Lossless to -> new Goal.Lossless();
            case CompressionTarget.ToRatio to ->
                new Goal.AtMost(to.ceiling(inputBytes).orElseThrow());
            case CompressionTarget.ToBytes to -> new Goal.AtMost(to.bytes());
            case CompressionTarget.ToSsim to -> new Goal.AsSimilarAs(to.similarity());
        };
    }

    private Optional<byte[]> neededProfile(JpegFile container, JpegStream stream) {
        int components = stream.frame().components().size();
        return container.icc().filter(profile -> profiles.isNeeded(profile, components));
    }
}
