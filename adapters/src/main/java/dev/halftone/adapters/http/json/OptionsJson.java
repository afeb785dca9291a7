package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.source.SourceUrl;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A batch's options under the names they are submitted with.
public record OptionsJson(
        int quality,
        String format,
        @Nullable Integer maxWidth,
        @Nullable Integer maxHeight,
        String metadata,
        int minSavings,
        String onInvalidRows,
        @Nullable String webhookUrl) {

    static OptionsJson of(BatchOptions options) {
        Compression compression = options.compression();
        int quality = switch (compression.target()) {
            case CompressionTarget.ToQuality target -> target.quality().value();
        };
        return new OptionsJson(
                quality,
                compression.format().wire(),
                orNull(compression.maxWidth()),
                orNull(compression.maxHeight()),
                compression.metadata().wire(),
                compression.minSavings(),
                options.onInvalidRows().wire(),
                options.webhook().map(SourceUrl::toString).orElse(null));
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }
}
