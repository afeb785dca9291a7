package dev.halftone.domain.asset;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import java.util.List;
import java.util.Optional;

/// Port: keeps what is known of assets; their bytes are in the object store. Thread-safe.
public interface AssetStore {

    /// Stores a new asset, whose bytes are stored already.
    ///
    /// @param by whose it is, and whose quota it counts against
    /// @throws dev.halftone.domain.access.QuotaExceeded when the caller may not hand in another; nothing is
    ///     stored then
    void add(Caller by, Asset asset);

    /// Empty where there is no such asset of this owner.
    Optional<Asset> find(Owner owner, AssetId id);

    /// Whoever's it is: for workers, and for addresses that hold an id and let everybody see the picture.
    Optional<Asset> ofAnyone(AssetId id);

    /// Begins a deletion: from here on nobody finds the asset, and no variant of it can be stored, but its row
    /// and those of its variants stay and name their objects until [#delete]. May be given again.
    ///
    /// @return the asset, also where its deletion had begun; empty where there is none of this owner
    Optional<Asset> beginDeletion(Owner owner, AssetId id);

    /// Assets whose deletion began more than a minute ago and has not ended, at most a thousand.
    List<Asset> leaving();

    /// Ends a deletion, with the rows of all that was made of the asset.
    ///
    /// @return whether there was such an asset
    boolean delete(AssetId id);
}
