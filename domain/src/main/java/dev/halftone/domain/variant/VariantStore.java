package dev.halftone.domain.variant;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.image.ContentHash;
import java.util.List;
import java.util.Optional;

/// Port: keeps what is known of variants; their bytes are in the object store. Thread-safe.
public interface VariantStore {

    /// Stores a variant, or replaces the one of the same pipeline.
    ///
    /// @return false when its asset is gone or being deleted; then nothing was stored
    boolean put(Variant variant);

    Optional<Variant> find(AssetId asset, ContentHash pipeline);

    /// All of an asset.
    List<Variant> of(AssetId asset);
}
