package dev.halftone.domain.transform;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The names that `fm` has for formats.
final class WireFormat {
    private WireFormat() {}

    /// Empty for a format that no engine of this version writes.
    static Optional<TargetFormat> target(String fm) {
        return switch (fm) {
            case "jpg", "pjpg" -> Optional.of(TargetFormat.JPEG);
            default -> TargetFormat.ofWire(fm);
        };
    }

    static String name(ImageFormat format) {
        return format == ImageFormat.JPEG ? "jpg" : format.wire();
    }

    static List<String> names(Collection<ImageFormat> formats) {
        return Arrays.stream(ImageFormat.values())
                .filter(formats::contains)
                .map(WireFormat::name)
                .toList();
    }
}
