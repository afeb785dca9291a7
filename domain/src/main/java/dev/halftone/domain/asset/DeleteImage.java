package dev.halftone.domain.asset;

import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.variant.Variant;
import dev.halftone.domain.variant.VariantStore;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.util.Optional;

/// Deletes an asset with everything that was made of it. Objects go first: a deletion that is interrupted
/// leaves the rows that name what is left, and can be given again.
public final class DeleteImage {
    private final AssetStore assets;
    private final VariantStore variants;
    private final ObjectStore objects;
    private final PurgeVariants cached;

    public DeleteImage(AssetStore assets, VariantStore variants, ObjectStore objects, PurgeVariants cached) {
        this.assets = assets;
        this.variants = variants;
        this.objects = objects;
        this.cached = cached;
    }

    /// @return whether there was such an asset
    public boolean delete(AssetId id) {
        Optional<Asset> asset = assets.find(id);
        if (asset.isEmpty()) {
            return false;
        }
        for (Variant variant : variants.of(id)) {
            objects.delete(variant.key());
        }
        objects.delete(asset.get().key());
        boolean deleted = assets.delete(id);
        cached.purge(id);
        return deleted;
    }
}
