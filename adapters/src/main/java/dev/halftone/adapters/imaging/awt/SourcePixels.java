package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.steps.Steps;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pixels of one source. Where several pipelines go over it, they are decoded once, as large as the most
/// demanding of them needs, and kept. For one thread.
final class SourcePixels {
    private final SourceImage source;
    private final ImageHeader header;
    private final List<Pipeline> planned;
    private @Nullable Decoded kept;

    /// @param header read and within the limits
    SourcePixels(SourceImage source, ImageHeader header, List<Pipeline> planned) {
        this.source = source;
        this.header = header;
        this.planned = planned;
    }

    /// All of them, as stored.
    Decoded all(Deadline deadline) {
        return atLeast(header.shown(), deadline);
    }

    /// What a pipeline needs of a picture, upright: its first step may shrink it.
    static PixelSize needed(PixelSize shown, Pipeline pipeline) {
        return pipeline.changesPicture()
                ? Steps.needed(shown, pipeline.operations())
                : pipeline.output().over(shown);
    }

    /// @param upright the size the picture will be shrunk to: fewer pixels than the file has may come, but no
    /// fewer than this
    Decoded atLeast(PixelSize upright, Deadline deadline) {
        if (planned.size() < 2) {
            return SourceDecoder.decode(source, header, header.toStored(upright), deadline);
        }
        Decoded decoded = kept;
        if (decoded == null || !covers(decoded, upright)) {
            decoded = SourceDecoder.decode(source, header, header.toStored(most(upright)), deadline);
            kept = decoded;
        }
        return decoded;
    }

    private PixelSize most(PixelSize upright) {
        PixelSize most = upright;
        for (Pipeline pipeline : planned) {
            PixelSize one = needed(header.shown(), pipeline);
            most = new PixelSize(Math.max(most.width(), one.width()), Math.max(most.height(), one.height()));
        }
        return most;
    }

    private boolean covers(Decoded decoded, PixelSize upright) {
        PixelSize wanted = header.toStored(upright);
        return decoded.picture().width() >= wanted.width() && decoded.picture().height() >= wanted.height();
    }
}
