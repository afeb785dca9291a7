package dev.halftone.domain.batch;

import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.source.SourceUrl;
import java.util.Optional;

/// What a submitter asked for beside the CSV itself.
///
/// @param webhook where the end of the batch is told
/// @param name a label for people, at most 200 characters
/// @param dryRun validate and count only; nothing is stored
public record BatchOptions(
        Compression compression,
        InvalidRows onInvalidRows,
        Optional<SourceUrl> webhook,
        Optional<String> name,
        boolean dryRun) {

    public static final BatchOptions DEFAULT =
            new BatchOptions(Compression.DEFAULT, InvalidRows.REJECT, Optional.empty(), Optional.empty(), false);

    /// The options in one canonical line: two submissions ask for the same exactly when these are equal.
    public String canonical() {
        return compression + "|" + onInvalidRows + "|" + webhook + "|" + name + "|" + dryRun;
    }
}
