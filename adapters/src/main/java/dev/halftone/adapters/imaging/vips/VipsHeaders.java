package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsException;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.engine.HeaderReader;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.util.Optional;

/// Headers as our own parsers read them, and those of AVIF, HEIC and SVG as libvips does. Thread-safe.
public final class VipsHeaders implements HeaderReader {
    private final String place;

    /// @param place where the library is looked for, not before it is needed; as for [VipsEngine]
    public VipsHeaders(String place) {
        this.place = place;
    }

    @Override
    public PixelSize shown(SourceImage source, ImageLimits limits) {
        limits.checkBytes(source.bytes().length);
        Optional<ImageHeader> header = VipsEngine.headerOf(source, limits);
        if (header.isPresent()) {
            return header.get().shown();
        }
        return switch (VipsBuild.in(place)) {
            case VipsBuild.Present(LibVips vips, VipsFormats formats)
            when formats.read().contains(source.format()) -> opened(vips, source, limits);
            case VipsBuild.Present present -> throw unknown(source, "this libvips does not read it");
            case VipsBuild.Absent(String reason) -> throw unknown(source, reason);
        };
    }

    /// As [#shown], for those who know the other formats themselves.
    ///
    /// @return empty for what is neither AVIF nor HEIC, and where no libvips reads it
    public Optional<PixelSize> heif(SourceImage source, ImageLimits limits) {
        boolean heif = source.format() == ImageFormat.AVIF || source.format() == ImageFormat.HEIC;
        boolean read = heif
                && VipsBuild.in(place) instanceof VipsBuild.Present(LibVips vips, VipsFormats formats)
                && formats.read().contains(source.format());
        return read ? Optional.of(shown(source, limits)) : Optional.empty();
    }

    private static PixelSize opened(LibVips vips, SourceImage source, ImageLimits limits) {
        try (VipsWork work = vips.work(Deadline.in(limits.processing()))) {
            return new VipsReader(work, source, limits)
                    .open(Optional.empty(), shown -> shown)
                    .shown();
        } catch (VipsException e) {
            throw VipsEngine.refused(source, e);
        }
    }

    private static HalftoneException unknown(SourceImage source, String why) {
        return HalftoneException.of(
                FailureCode.UNSUPPORTED_FORMAT,
                source.format().wire() + " is recognised, but not read by this build: " + why);
    }
}
