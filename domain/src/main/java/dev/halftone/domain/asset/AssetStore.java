package dev.halftone.domain.asset;

import java.util.List;
import java.util.Optional;

/// Port: keeps what is known of assets; their bytes are in the object store. Thread-safe.
public interface AssetStore {

    /// Stores a new asset, whose bytes are stored already.
    void add(Asset asset);

    Optional<Asset> find(AssetId id);

    /// Begins a deletion: from here on nobody finds the asset, and no variant of it can be stored, but its row
    /// and those of its variants stay and name their objects until [#delete]. May be given again.
    ///
    /// @return the asset, also where its deletion had begun; empty where there is none
    Optional<Asset> beginDeletion(AssetId id);

    /// Assets whose deletion began more than a minute ago and has not ended, at most a thousand.
    List<AssetId> leaving();

    /// Ends a deletion, with the rows of all that was made of the asset.
    ///
    /// @return whether there was such an asset
    boolean delete(AssetId id);
}
