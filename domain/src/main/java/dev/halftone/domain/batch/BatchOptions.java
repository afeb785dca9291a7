package dev.halftone.domain.batch;

import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.rendition.RenditionsReader;
import dev.halftone.domain.source.SourceUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a submitter asked for beside the CSV itself.
///
/// @param webhook where the end of the batch is told
/// @param name a label for people, at most 200 characters
/// @param outputNames how outputs are named; without, by row and position
/// @param dryRun validate and count only; nothing is stored
/// @param duplicates whether what the outputs look like is noted, so that near-duplicates can be told
/// @param webhookProgress whether the webhook is told at 25, 50 and 75 per cent as well
/// @param renditions further outputs of every image, each in a column of its own
/// @param priority its weight beside other batches that have work, 1 to 10
/// @param retention how long the batch is kept after its end; empty for the service's own
public record BatchOptions(
        Compression compression,
        InvalidRows onInvalidRows,
        Optional<SourceUrl> webhook,
        Optional<String> name,
        Optional<OutputNames> outputNames,
        boolean dryRun,
        boolean duplicates,
        boolean webhookProgress,
        List<Rendition> renditions,
        int priority,
        Optional<Retention> retention) {

    /// The weight of a batch that nobody preferred, and the range of weights.
    public static final int USUAL_PRIORITY = 5;

    public static final int LEAST_PRIORITY = 1;
    public static final int MOST_PRIORITY = 10;

    public BatchOptions {
        renditions = List.copyOf(renditions);
        if (priority < LEAST_PRIORITY || priority > MOST_PRIORITY) {
            throw new IllegalArgumentException("a priority is 1 to 10, not " + priority);
        }
    }

    /// With the usual priority, kept for the service's own time.
    public BatchOptions(
            Compression compression,
            InvalidRows onInvalidRows,
            Optional<SourceUrl> webhook,
            Optional<String> name,
            Optional<OutputNames> outputNames,
            boolean dryRun,
            boolean duplicates,
            boolean webhookProgress,
            List<Rendition> renditions) {
        this(
                compression,
                onInvalidRows,
                webhook,
                name,
                outputNames,
                dryRun,
                duplicates,
                webhookProgress,
                renditions,
                USUAL_PRIORITY,
                Optional.empty());
    }

    public static final BatchOptions DEFAULT = of(Compression.DEFAULT);

    /// Nothing asked for but a compression.
    public static BatchOptions of(Compression compression) {
        return new BatchOptions(
                compression,
                InvalidRows.REJECT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                List.of(),
                USUAL_PRIORITY,
                Optional.empty());
    }

    /// The same, kept for a time that is known.
    public BatchOptions kept(Retention known) {
        return new BatchOptions(
                compression,
                onInvalidRows,
                webhook,
                name,
                outputNames,
                dryRun,
                duplicates,
                webhookProgress,
                renditions,
                priority,
                Optional.of(known));
    }

    /// The options in one canonical line: two submissions ask for the same exactly when these are equal.
    public String canonical() {
        return compression + "|" + onInvalidRows + "|" + webhook + "|" + name + "|" + outputNames + "|" + dryRun
                + (duplicates ? "|duplicates" : "") + (webhookProgress ? "|webhookProgress" : "")
                + (renditions.isEmpty() ? "" : "|" + RenditionsReader.wire(renditions))
                + (priority == USUAL_PRIORITY ? "" : "|priority=" + priority)
                + retention.map(time -> "|retention=" + time.wire()).orElse("");
    }

    /// What is made of every image.
    public Recipe recipe() {
        return new Recipe(compression, renditions);
    }

    /// The options by the names and in the texts that [OptionsReader] reads; those at their defaults that have
    /// no text are left out.
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(compression.target().option(), compression.target().text());
        texts.put("format", compression.format().wire());
        compression.maxWidth().ifPresent(width -> texts.put("maxWidth", String.valueOf(width)));
        compression.maxHeight().ifPresent(height -> texts.put("maxHeight", String.valueOf(height)));
        texts.put("metadata", compression.metadata().wire());
        texts.put("minSavings", String.valueOf(compression.minSavings()));
        texts.put("profile", compression.encoding().profile().wire());
        texts.put("effort", compression.encoding().effort().wire());
        texts.put("progressive", String.valueOf(compression.encoding().progressive()));
        texts.put("onInvalidRows", onInvalidRows.wire());
        webhook.ifPresent(url -> texts.put("webhookUrl", url.toString()));
        name.ifPresent(label -> texts.put("name", label));
        outputNames.ifPresent(names -> texts.put("outputNames", names.wire()));
        texts.put("dryRun", String.valueOf(dryRun));
        if (duplicates) {
            texts.put("duplicates", "true");
        }
        if (webhookProgress) {
            texts.put("webhookProgress", "true");
        }
        if (!renditions.isEmpty()) {
            texts.put("renditions", RenditionsReader.wire(renditions));
        }
        if (priority != USUAL_PRIORITY) {
            texts.put("priority", String.valueOf(priority));
        }
        retention.ifPresent(time -> texts.put("retention", time.wire()));
        return texts;
    }
}
