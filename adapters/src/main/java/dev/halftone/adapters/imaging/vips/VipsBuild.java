package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsSearch;
import dev.halftone.domain.image.ImageFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The libvips of one place, and what that build can do. Each place is looked at once.
sealed interface VipsBuild {

    /// It works.
    record Present(LibVips vips, VipsFormats formats) implements VipsBuild {
        @Override
        public String said() {
            return "libvips " + vips.version() + " (" + vips.name() + "), reads " + names(formats.read()) + ", writes "
                    + names(formats.written());
        }
    }

    /// It does not.
    record Absent(String reason) implements VipsBuild {
        @Override
        public String said() {
            return reason;
        }
    }

    /// For an operator, in one line: version, place and formats, or why it is not used.
    String said();

    /// @param place see [VipsSearch#in]
    static VipsBuild in(String place) {
        return Known.BUILDS.computeIfAbsent(place, Known::look);
    }

    private static String names(Set<ImageFormat> formats) {
        return formats.isEmpty()
                ? "nothing"
                : formats.stream().map(ImageFormat::wire).sorted().collect(Collectors.joining(" "));
    }

    /// What was found so far.
    final class Known {
        private static final Map<String, VipsBuild> BUILDS = new ConcurrentHashMap<>();

        private Known() {}

        private static VipsBuild look(String place) {
            return switch (VipsSearch.in(place)) {
                case VipsSearch.Found.Loaded(LibVips vips) -> new Present(vips, VipsFormats.of(vips));
                case VipsSearch.Found.Missing(String reason) -> new Absent(reason);
            };
        }
    }
}
