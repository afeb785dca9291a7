package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/// Where one source is worked on, by one pipeline or by several: what libvips makes on the way lives until it
/// is closed, and one deadline holds for all of it. Nothing is asked of libvips before the first run. For one
/// thread.
final class VipsDesk implements AutoCloseable {
    private final SourceImage source;
    private final List<Pipeline> planned;
    private final ImageLimits limits;
    private final ToDoubleBiFunction<Picture, Picture> likeness;
    private @Nullable VipsRun run;
    private @Nullable Optional<ImageHeader> header;
    private @Nullable Boolean read;

    VipsDesk(
            SourceImage source,
            List<Pipeline> planned,
            ImageLimits limits,
            ToDoubleBiFunction<Picture, Picture> likeness) {
        this.source = source;
        this.planned = List.copyOf(planned);
        this.limits = limits;
        this.likeness = likeness;
    }

    /// What our own parser says of the source, for the formats that it knows.
    Optional<ImageHeader> header() {
        Optional<ImageHeader> known = header;
        if (known == null) {
            known = VipsEngine.headerOf(source, limits);
            header = known;
        }
        return known;
    }

    /// Whether libvips gets the source's colours right.
    boolean isRead() {
        Boolean known = read;
        if (known == null) {
            known = VipsFormats.isRead(source);
            read = known;
        }
        return known;
    }

    VipsRun run(LibVips vips) {
        VipsRun begun = run;
        if (begun == null) {
            Deadline deadline = Deadline.in(limits.processing());
            VipsWork work = vips.work(deadline);
            VipsSources sources = new VipsSources(work, limits, source, planned);
            begun = new VipsRun(vips, work, sources, limits, deadline, likeness);
            run = begun;
        }
        return begun;
    }

    @Override
    public void close() {
        VipsRun begun = run;
        if (begun != null) {
            begun.work().close();
        }
    }
}
