package dev.halftone.domain.job;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.source.SourceUrl;
import java.util.Optional;

/// A job about to be stored.
///
/// @param owner of the asset and of the job
/// @param webhook where its end is told
public record NewJob(Owner owner, JobId id, AssetId asset, Pipeline pipeline, Optional<SourceUrl> webhook) {}
