package dev.halftone.domain.batch;

import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.rendition.RenditionsReader;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.transform.TransformRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            "renditions",
            "priority",
            "retention");

    /// What was read.
    public sealed interface Result {
        record Good(BatchOptions options) implements Result {}

        record Bad(List<OptionProblem> problems) implements Result {}
    }

    /// @param option its name as written
    /// @param message expected against found
    public record OptionProblem(String option, String message) {}

    private final OptionTexts texts;

    private OptionsReader(OptionTexts texts) {
        this.texts = texts;
    }

    /// Reads options; an empty text (an untouched form field) means the default.
    public static Result read(Map<String, String> texts) {
        return new OptionsReader(new OptionTexts(texts)).read();
    }

    private Result read() {
        texts.refuseUnknown(NAMES);
        Compression compression = new CompressionReader(texts).read();
        BatchOptions options = new BatchOptions(
                compression,
                texts.choice("onInvalidRows", InvalidRows::ofWire, InvalidRows.REJECT, "reject or skip"),
                webhook(),
                name(),
                outputNames(),
                texts.flag("dryRun"),
                texts.flag("duplicates"),
                webhookProgress(),
                renditions(compression.target()),
                texts.number("priority", BatchOptions.LEAST_PRIORITY, BatchOptions.MOST_PRIORITY)
                        .orElse(BatchOptions.USUAL_PRIORITY),
                retention());
        return texts.problems().isEmpty() ? new Result.Good(options) : new Result.Bad(texts.problems());
    }

    private Optional<SourceUrl> webhook() {
        return texts.text("webhookUrl").flatMap(written -> switch (SourceUrl.parse(written)) {
            case SourceUrl.Parsed.Valid valid -> Optional.of(valid.url());
            case SourceUrl.Parsed.Invalid invalid -> {
                texts.problem("webhookUrl", "is no usable address: " + invalid.reason());
                yield Optional.empty();
            }
        });
    }

    private boolean webhookProgress() {
        boolean told = texts.flag("webhookProgress");
        if (told && texts.text("webhookUrl").isEmpty()) {
            texts.problem("webhookProgress", "tells a webhook of progress: give its webhookUrl");
        }
        return told;
    }

    private Optional<String> name() {
        Optional<String> text = texts.text("name");
        if (text.isPresent() && (text.get().length() > 200 || text.get().chars().anyMatch(Character::isISOControl))) {
            return texts.refuse(
                    "name", "is at most 200 characters without control characters", "another text", Optional.empty());
        }
        return text;
    }

    private Optional<OutputNames> outputNames() {
        return texts.text("outputNames").flatMap(written -> {
            try {
                return Optional.of(OutputNames.parse(written));
            } catch (IllegalArgumentException e) {
                return texts.refuse("outputNames", String.valueOf(e.getMessage()), written, Optional.empty());
            }
        });
    }

    private Optional<Retention> retention() {
        return texts.text("retention")
                .flatMap(written -> Retention.parse(written)
                        .or(() -> texts.refuse("retention", Retention.EXPECTED, written, Optional.empty())));
    }

    private List<Rendition> renditions(CompressionTarget target) {
        try {
            return RenditionsReader.read(texts.text("renditions").orElse(""), target);
        } catch (TransformRefused refused) {
            refused.problems().forEach(problem -> texts.problem("renditions", problem.toString()));
            return List.of();
        }
    }
}
