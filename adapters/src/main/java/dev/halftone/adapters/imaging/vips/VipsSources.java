package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.vips.VipsReader.Opened;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Opens the pictures of one work. Where several pipelines go over the same one, its pixels are decoded once,
/// as large as the most demanding of them needs, and kept. For one thread.
final class VipsSources {
    private final VipsWork work;
    private final ImageLimits limits;
    private final SourceImage shared;
    private final List<Pipeline> planned;
    private @Nullable Opened kept;

    /// @param shared what the planned pipelines go over
    VipsSources(VipsWork work, ImageLimits limits, SourceImage shared, List<Pipeline> planned) {
        this.work = work;
        this.limits = limits;
        this.shared = shared;
        this.planned = planned;
    }

    /// @param wanted as [VipsReader#open]
    Opened open(SourceImage source, Optional<ImageHeader> header, UnaryOperator<PixelSize> wanted) {
        VipsReader reader = new VipsReader(work, source, limits);
        // A drawing is drawn at each size anew.
        if (!source.equals(shared) || planned.size() < 2 || source.format() == ImageFormat.SVG) {
            return reader.open(header, wanted);
        }
        Opened opened = kept;
        if (opened == null) {
            opened = reader.open(header, this::most).inMemory();
            kept = opened;
        }
        return covers(opened, wanted.apply(opened.shown())) ? opened : reader.open(header, wanted);
    }

    private PixelSize most(PixelSize shown) {
        PixelSize most = new PixelSize(1, 1);
        for (Pipeline pipeline : planned) {
            PixelSize first = VipsSteps.firstScale(pipeline, shown);
            most = new PixelSize(Math.max(most.width(), first.width()), Math.max(most.height(), first.height()));
        }
        return most;
    }

    private static boolean covers(Opened opened, PixelSize upright) {
        PixelSize there = opened.image().size();
        PixelSize wanted = opened.stored(upright);
        return there.equals(opened.stored(opened.shown()))
                || there.width() >= wanted.width() && there.height() >= wanted.height();
    }
}
