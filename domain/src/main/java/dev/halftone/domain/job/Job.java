package dev.halftone.domain.job;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.variant.Variant;
import java.time.Instant;
import java.util.Optional;

/// One run of a pipeline over an asset, as it stands now.
///
/// @param progress 0 to 100: stages that are behind it, not time
/// @param attempts how often it was begun and not handed back
/// @param result once it is done
/// @param failure why it failed, or why its last attempt did
/// @param started when it was first begun
public record Job(
        JobId id,
        AssetId asset,
        Pipeline pipeline,
        JobState state,
        int progress,
        int attempts,
        Optional<Variant> result,
        Optional<Failure> failure,
        Instant created,
        Instant updated,
        Optional<Instant> started,
        Optional<Instant> finished) {}
