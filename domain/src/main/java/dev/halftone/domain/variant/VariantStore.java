package dev.halftone.domain.variant;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.image.ContentHash;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Port: keeps what is known of variants; their bytes are in the object store. Thread-safe.
public interface VariantStore {

    /// The round in which an asset's variants are stored, from 0. It goes on when objects of earlier ones, that
    /// no row names, are swept away: their keys are out of use then. Empty when the asset is gone or being
    /// deleted.
    OptionalInt round(AssetId asset);

    /// Stores a variant, or replaces the one of the same pipeline.
    ///
    /// @param round in which its object was stored
    Put put(Variant variant, int round);

    /// What became of a variant.
    enum Put {
        STORED,
        /// The asset has gone on to another round: the object is to be stored under another key. Nothing was
        /// stored.
        LATE,
        /// The asset is gone or being deleted. Nothing was stored.
        GONE
    }

    Optional<Variant> find(AssetId asset, ContentHash pipeline);

    /// All of an asset.
    List<Variant> of(AssetId asset);
}
