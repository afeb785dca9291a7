package dev.halftone.domain.variant.cached;

import dev.halftone.domain.asset.AssetId;

/// Port: forgets what was made from an asset. For whoever deletes one.
@FunctionalInterface
public interface PurgeVariants {
    /// Where nothing is kept.
    PurgeVariants NONE = asset -> 0;

    /// @return how many variants were kept
    int purge(AssetId asset);
}
