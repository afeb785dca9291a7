package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.OutputNames;
import dev.halftone.domain.batch.Retention;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.source.SourceUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A batch's options under the names they are submitted with; of the targets, the one that holds.
///
/// @param quality a number, or `lossless`
/// @param renditions transforms by name
public record OptionsJson(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object quality,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double targetRatio,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long targetBytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double targetSsim,
        String format,
        @Nullable Integer maxWidth,
        @Nullable Integer maxHeight,
        String metadata,
        int minSavings,
        String profile,
        String effort,
        boolean progressive,
        String onInvalidRows,
        @Nullable String webhookUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String outputNames,
        boolean duplicates,
        boolean webhookProgress,
        int priority,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> renditions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String retention) {

    static OptionsJson of(BatchOptions options) {
        Compression compression = options.compression();
        CompressionTarget target = compression.target();
        return new OptionsJson(
                quality(target),
                target instanceof CompressionTarget.ToRatio(double share) ? (Double) share : null,
                target instanceof CompressionTarget.ToBytes(long bytes) ? (Long) bytes : null,
                target instanceof CompressionTarget.ToSsim(double similarity) ? (Double) similarity : null,
                compression.format().wire(),
                orNull(compression.maxWidth()),
                orNull(compression.maxHeight()),
                compression.metadata().wire(),
                compression.minSavings(),
                compression.encoding().profile().wire(),
                compression.encoding().effort().wire(),
                compression.encoding().progressive(),
                options.onInvalidRows().wire(),
                options.webhook().map(SourceUrl::toString).orElse(null),
                options.outputNames().map(OutputNames::wire).orElse(null),
                options.duplicates(),
                options.webhookProgress(),
                options.priority(),
                renditions(options),
                options.retention().map(Retention::wire).orElse(null));
    }

    private static Map<String, String> renditions(BatchOptions options) {
        Map<String, String> renditions = new LinkedHashMap<>();
        options.renditions().forEach(one -> renditions.put(one.name(), one.written()));
        return renditions;
    }

    private static @Nullable Object quality(CompressionTarget target) {
        return switch (target) {
            case CompressionTarget.ToQuality(Quality quality) -> quality.value();
            case CompressionTarget.Lossless lossless -> lossless.text();
            case CompressionTarget.ToRatio ratio -> null;
            case CompressionTarget.ToBytes bytes -> null;
            case CompressionTarget.ToSsim ssim -> null;
        };
    }

    private static @Nullable Integer orNull(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }
}
