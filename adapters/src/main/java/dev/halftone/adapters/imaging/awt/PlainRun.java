package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One run without operations: a picture written again, with its size or a smaller one, or passed on where that
/// is best. Animations, documents of several pages, and formats that are not written are checked and passed on.
record PlainRun(SourceImage source, ImageHeader header, SourcePixels pixels, MeetTarget meetTarget, Deadline deadline) {

    EngineResult into(ImageFormat target, Compression compression) {
        if (header.animated()) {
            return keepAnimated();
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
                yield encode(decoded, target, compression);
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
    private EngineResult keepAnimated() {
        if (source.format() == ImageFormat.TIFF) {
            return new EngineResult.Keep(header.shown(), header.frames() + " pages: kept as it is");
        }
        if (source.format() == ImageFormat.GIF || source.format() == ImageFormat.PNG) {
            pixels.all(deadline);
        }
        return new EngineResult.Keep(header.shown(), "animated: kept as it is");
    }

    private EngineResult encode(Decoded decoded, ImageFormat format, Compression compression) {
        PixelSize shown = header.shown();
        PixelSize wanted = compression.over(shown);
        boolean resized = !wanted.equals(shown);
        CompressionTarget target = compression.target();
        try {
            Decoded shrunk = resized
                    ? decoded.with(Shrinking.to(decoded.picture(), header.toStored(wanted), deadline))
                    : decoded;
            Decoded upright = shrunk.with(Turn.upright(shrunk.picture(), header.orientation()));
            Drafts drafts = new Drafts(compression, deadline);
            boolean comparable = !resized && source.format() == ImageFormat.PNG;
            int worth = comparable ? source.bytes().length : Integer.MAX_VALUE;
            Metadata metadata = drafts.metadata(upright, format == source.format());
            Draft draft = drafts.in(format, upright, !resized, worth, metadata);
            MeetTarget.Result made = meetTarget.run(draft, target, source.bytes().length, deadline);
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
