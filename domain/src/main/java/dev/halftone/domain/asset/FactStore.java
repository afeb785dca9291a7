package dev.halftone.domain.asset;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.image.PerceptualHash;
import java.util.List;
import java.util.Optional;

/// Port: keeps the facts of assets, and finds assets by what they look like. Thread-safe.
public interface FactStore {

    /// Stores the facts of an asset in place of earlier ones; without effect where there is no such asset.
    void put(AssetId id, ImageFacts facts);

    Optional<ImageFacts> find(AssetId id);

    /// An owner's assets that look like this, the nearest first.
    ///
    /// @param except the asset that is not to be found
    /// @param distance how many bits may differ, 0 to 64
    /// @param limit 1 to 100
    List<Similar> similar(Owner owner, PerceptualHash hash, AssetId except, int distance, int limit);

    /// @param distance how many bits differ
    record Similar(Asset asset, int distance) {}
}
