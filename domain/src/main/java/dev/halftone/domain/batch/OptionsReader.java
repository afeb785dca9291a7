package dev.halftone.domain.batch;

import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.rendition.RenditionsReader;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.transform.TransformRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// Reads a batch's options from the names and texts that the API, the form and the command line share. Every
/// mistake is found, not only the first; an option that does not exist is a mistake.
public final class OptionsReader {

    /// Every option's name, in the order the documentation lists them.
    public static final List<String> NAMES = List.of(
            "quality",
            "targetRatio",
            "targetBytes",
            "targetSsim",
            "format",
            "maxWidth",
            "maxHeight",
            "metadata",
            "minSavings",
            "profile",
            "effort",
            "progressive",
            "onInvalidRows",
            "webhookUrl",
            "name",
            "outputNames",
            "dryRun",
            "duplicates",
            "webhookProgress",
            "renditions");

    /// The options that each name a target; at most one may be given.
    private static final List<String> TARGETS = List.of("quality", "targetRatio", "targetBytes", "targetSsim");

    /// More than any image may have.
    private static final int MOST_BYTES = 999_999_999;

    /// Longer than any `double` needs.
    private static final int LONGEST_DECIMAL = 400;

    /// What was read.
    public sealed interface Result {
        record Good(BatchOptions options) implements Result {}

        record Bad(List<OptionProblem> problems) implements Result {}
    }

    /// @param option its name as written
    /// @param message expected against found
    public record OptionProblem(String option, String message) {}

    private final Map<String, String> texts;
    private final List<OptionProblem> problems = new ArrayList<>();

    private OptionsReader(Map<String, String> texts) {
        this.texts = texts;
    }

    /// Reads options; an empty text (an untouched form field) means the default.
    public static Result read(Map<String, String> texts) {
        return new OptionsReader(texts).read();
    }

    private Result read() {
        for (String name : new TreeSet<>(texts.keySet())) {
            if (!NAMES.contains(name)) {
                problems.add(new OptionProblem(
                        name, "there is no such option; the options are " + String.join(", ", NAMES)));
            }
        }
        Compression compression = new Compression(
                target(),
                choice("format", TargetFormat::ofWire, TargetFormat.KEEP, "keep, jpeg, png, webp or avif"),
                number("maxWidth", 1, 16_383),
                number("maxHeight", 1, 16_383),
                choice("metadata", MetadataPolicy::ofWire, MetadataPolicy.STRIP, "strip, copyright or keep"),
                number("minSavings", 0, 100).orElse(0),
                encoding());
        BatchOptions options = new BatchOptions(
                compression,
                choice("onInvalidRows", InvalidRows::ofWire, InvalidRows.REJECT, "reject or skip"),
                webhook(),
                name(),
                outputNames(),
                choice("dryRun", OptionsReader::truth, false, "true or false"),
                choice("duplicates", OptionsReader::truth, false, "true or false"),
                webhookProgress(),
                renditions(compression.target()));
        return problems.isEmpty() ? new Result.Good(options) : new Result.Bad(List.copyOf(problems));
    }

    private Encoding encoding() {
        return new Encoding(
                choice("profile", Profile::ofWire, Profile.STANDARD, "standard or smallest"),
                choice("effort", Effort::ofWire, Effort.FAST, "fast or best"),
                choice("progressive", OptionsReader::truth, false, "true or false"));
    }

    /// Every target given is read, so that each one's own mistake is told beside that there are several.
    private CompressionTarget target() {
        List<CompressionTarget> targets = new ArrayList<>();
        quality().ifPresent(targets::add);
        decimal("targetRatio", "is a number over 0 and at most 1, such as 0.5", CompressionTarget.ToRatio::new)
                .ifPresent(targets::add);
        bytes().ifPresent(targets::add);
        decimal("targetSsim", "is a number over 0.5 and under 1, such as 0.95", CompressionTarget.ToSsim::new)
                .ifPresent(targets::add);
        List<String> given =
                TARGETS.stream().filter(name -> text(name).isPresent()).toList();
        if (given.size() > 1) {
            problems.add(new OptionProblem(
                    given.getLast(),
                    "excludes " + String.join(" and ", given.subList(0, given.size() - 1))
                            + ": an image has one target, give one of them"));
        }
        return targets.isEmpty() ? Compression.DEFAULT.target() : targets.getFirst();
    }

    private Optional<CompressionTarget> quality() {
        if (text("quality").filter("lossless"::equals).isPresent()) {
            return Optional.of(new CompressionTarget.Lossless());
        }
        OptionalInt number = number("quality", 1, 100, "is lossless or a whole number from 1 to 100");
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(new CompressionTarget.ToQuality(new Quality(number.getAsInt())));
    }

    private Optional<CompressionTarget> bytes() {
        OptionalInt number = number("targetBytes", 1, MOST_BYTES);
        return number.isEmpty() ? Optional.empty() : Optional.of(new CompressionTarget.ToBytes(number.getAsInt()));
    }

    /// @param target refuses what is out of range
    private Optional<CompressionTarget> decimal(
            String name, String expected, DoubleFunction<CompressionTarget> target) {
        return text(name).flatMap(digits -> {
            try {
                if (digits.length() <= LONGEST_DECIMAL && digits.matches("\\d*+(\\.\\d++)?")) {
                    return Optional.of(target.apply(Double.parseDouble(digits)));
                }
            } catch (IllegalArgumentException e) {
                // Out of range: told below, in the words of the option.
            }
            return refuse(name, expected, digits, Optional.empty());
        });
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private OptionalInt number(String name, int least, int most) {
        return number(name, least, most, "is a whole number from " + least + " to " + most);
    }

    private OptionalInt number(String name, int least, int most, String expected) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        String digits = text.get();
        if (digits.matches("\\d{1,9}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        return refuse(name, expected, digits, OptionalInt.empty());
    }

    private <T> T choice(String name, Function<String, Optional<T>> known, T otherwise, String choices) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        return known.apply(text.get()).orElseGet(() -> refuse(name, "is one of " + choices, text.get(), otherwise));
    }

    private Optional<SourceUrl> webhook() {
        return text("webhookUrl").flatMap(written -> switch (SourceUrl.parse(written)) {
            case SourceUrl.Parsed.Valid valid -> Optional.of(valid.url());
            case SourceUrl.Parsed.Invalid invalid -> {
                problems.add(new OptionProblem("webhookUrl", "is no usable address: " + invalid.reason()));
                yield Optional.empty();
            }
        });
    }

    private boolean webhookProgress() {
        boolean told = choice("webhookProgress", OptionsReader::truth, false, "true or false");
        if (told && text("webhookUrl").isEmpty()) {
            problems.add(new OptionProblem("webhookProgress", "tells a webhook of progress: give its webhookUrl"));
        }
        return told;
    }

    private Optional<String> name() {
        Optional<String> text = text("name");
        if (text.isPresent() && (text.get().length() > 200 || text.get().chars().anyMatch(Character::isISOControl))) {
            return refuse(
                    "name", "is at most 200 characters without control characters", "another text", Optional.empty());
        }
        return text;
    }

    private Optional<OutputNames> outputNames() {
        return text("outputNames").flatMap(written -> {
            try {
                return Optional.of(OutputNames.parse(written));
            } catch (IllegalArgumentException e) {
                return refuse("outputNames", String.valueOf(e.getMessage()), written, Optional.empty());
            }
        });
    }

    private List<Rendition> renditions(CompressionTarget target) {
        try {
            return RenditionsReader.read(text("renditions").orElse(""), target);
        } catch (TransformRefused refused) {
            refused.problems().forEach(problem -> problems.add(new OptionProblem("renditions", problem.toString())));
            return List.of();
        }
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private <T> T refuse(String name, String expected, String found, T instead) {
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        problems.add(new OptionProblem(name, expected + ", not \"" + shown + "\""));
        return instead;
    }
}
