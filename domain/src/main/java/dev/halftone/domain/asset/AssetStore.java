package dev.halftone.domain.asset;

import java.util.Optional;

/// Port: keeps what is known of assets; their bytes are in the object store. Thread-safe.
public interface AssetStore {

    /// Stores a new asset, whose bytes are stored already.
    void add(Asset asset);

    Optional<Asset> find(AssetId id);

    /// @return whether there was such an asset
    boolean delete(AssetId id);
}
