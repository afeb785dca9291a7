package dev.halftone.app.cli;

import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.OptionsReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a batch as flags: their names in the API, in the form of a command line.
final class CompressionFlags {
    private static final Pattern TARGET = Pattern.compile("\\b(quality|target[A-Z]\\w+)\\b");

    @Option(
            names = "--quality",
            paramLabel = "1-100",
            description = "The format's own quality scale, or lossless (default: 50).")
    private @Nullable String quality;

    @Option(
            names = "--target-ratio",
            paramLabel = "SHARE",
            description = "In place of a quality: the best with at most this share of the bytes, such as 0.5.")
    private @Nullable String targetRatio;

    @Option(
            names = "--target-bytes",
            paramLabel = "BYTES",
            description = "Likewise: the best with at most this many bytes.")
    private @Nullable String targetBytes;

    @Option(
            names = "--target-ssim",
            paramLabel = "SSIM",
            description = "Likewise: the smallest that is still this similar, such as 0.95.")
    private @Nullable String targetSsim;

    @Option(names = "--format", paramLabel = "NAME", description = "keep, jpeg, png, webp or avif (default: keep).")
    private @Nullable String format;

    @Option(names = "--max-width", paramLabel = "PIXELS", description = "Shrink to at most this width.")
    private @Nullable String maxWidth;

    @Option(names = "--max-height", paramLabel = "PIXELS", description = "Shrink to at most this height.")
    private @Nullable String maxHeight;

    @Option(names = "--metadata", paramLabel = "POLICY", description = "strip, copyright or keep (default: strip).")
    private @Nullable String metadata;

    @Option(
            names = "--min-savings",
            paramLabel = "PERCENT",
            description = "Keep the original unless this much is saved (default: 0).")
    private @Nullable String minSavings;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "For JPEG: standard, or smallest (default: standard).")
    private @Nullable String profile;

    @Option(
            names = "--effort",
            paramLabel = "NAME",
            description = "fast, or best: more CPU time, fewer bytes (default: fast).")
    private @Nullable String effort;

    @Option(names = "--progressive", description = "Write JPEG in passes that show the whole picture early.")
    private boolean progressive;

    @Option(
            names = "--on-invalid-rows",
            paramLabel = "reject|skip",
            description = "Refuse a file with bad rows, or run the good ones (default: reject).")
    private @Nullable String onInvalidRows;

    @Option(
            names = "--renditions",
            paramLabel = "LIST",
            description = "Further outputs, each in a column of its own: \"main:w=1600;thumb:w=300&fm=webp\".")
    private @Nullable String renditions;

    /// @throws CommandRefused with every mistake
    BatchOptions options() {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "quality", quality);
        put(texts, "targetRatio", targetRatio);
        put(texts, "targetBytes", targetBytes);
        put(texts, "targetSsim", targetSsim);
        put(texts, "format", format);
        put(texts, "maxWidth", maxWidth);
        put(texts, "maxHeight", maxHeight);
        put(texts, "metadata", metadata);
        put(texts, "minSavings", minSavings);
        put(texts, "profile", profile);
        put(texts, "effort", effort);
        put(texts, "progressive", progressive ? "true" : null);
        put(texts, "onInvalidRows", onInvalidRows);
        put(texts, "renditions", renditions);
        return switch (OptionsReader.read(texts)) {
            case OptionsReader.Result.Good good -> good.options();
            case OptionsReader.Result.Bad bad ->
                throw new CommandRefused(bad.problems().stream()
                        .map(problem -> flag(problem.option()) + " " + inFlags(problem.message()) + ".")
                        .toList());
        };
    }

    private static void put(Map<String, String> texts, String name, @Nullable String text) {
        if (text != null) {
            texts.put(name, text);
        }
    }

    /// A message names other targets as the API does.
    private static String inFlags(String message) {
        return TARGET.matcher(message).replaceAll(name -> flag(name.group()));
    }

    private static String flag(String option) {
        return "--" + option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
