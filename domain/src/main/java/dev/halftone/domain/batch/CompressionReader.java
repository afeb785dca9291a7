package dev.halftone.domain.batch;

import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads how images are compressed.
final class CompressionReader {
    /// The options that each name a target; at most one may be given.
    private static final List<String> TARGETS = List.of("quality", "targetRatio", "targetBytes", "targetSsim");

    /// More than any image may have.
    private static final int MOST_BYTES = 999_999_999;

    private final OptionTexts texts;

    CompressionReader(OptionTexts texts) {
        this.texts = texts;
    }

    Compression read() {
        return new Compression(
                target(),
                texts.choice("format", TargetFormat::ofWire, TargetFormat.KEEP, "keep, jpeg, png, webp or avif"),
                texts.number("maxWidth", 1, 16_383),
                texts.number("maxHeight", 1, 16_383),
                texts.choice("metadata", MetadataPolicy::ofWire, MetadataPolicy.STRIP, "strip, copyright or keep"),
                texts.number("minSavings", 0, 100).orElse(0),
                encoding());
    }

    private Encoding encoding() {
        return new Encoding(
                texts.choice("profile", Profile::ofWire, Profile.STANDARD, "standard or smallest"),
                texts.choice("effort", Effort::ofWire, Effort.FAST, "fast or best"),
                texts.flag("progressive"));
    }

    /// Every target given is read, so that each one's own mistake is told beside that there are several.
    private CompressionTarget target() {
        List<CompressionTarget> targets = new ArrayList<>();
        quality().ifPresent(targets::add);
        texts.decimal("targetRatio", "is a number over 0 and at most 1, such as 0.5", CompressionTarget.ToRatio::new)
                .ifPresent(targets::add);
        bytes().ifPresent(targets::add);
        texts.decimal("targetSsim", "is a number over 0.5 and under 1, such as 0.95", CompressionTarget.ToSsim::new)
                .ifPresent(targets::add);
        List<String> given =
                TARGETS.stream().filter(name -> texts.text(name).isPresent()).toList();
        if (given.size() > 1) {
            texts.problem(
                    given.getLast(),
                    "excludes " + String.join(" and ", given.subList(0, given.size() - 1))
                            + ": an image has one target, give one of them");
        }
        return targets.isEmpty() ? Compression.DEFAULT.target() : targets.getFirst();
    }

    private Optional<CompressionTarget> quality() {
        if (texts.text("quality").filter("lossless"::equals).isPresent()) {
            return Optional.of(new CompressionTarget.Lossless());
        }
        OptionalInt number = texts.number("quality", 1, 100, "is lossless or a whole number from 1 to 100");
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(new CompressionTarget.ToQuality(new Quality(number.getAsInt())));
    }

    private Optional<CompressionTarget> bytes() {
        OptionalInt number = texts.number("targetBytes", 1, MOST_BYTES);
        return number.isEmpty() ? Optional.empty() : Optional.of(new CompressionTarget.ToBytes(number.getAsInt()));
    }
}
