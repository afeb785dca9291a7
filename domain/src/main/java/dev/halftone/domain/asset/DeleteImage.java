package dev.halftone.domain.asset;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.variant.Variant;
import dev.halftone.domain.variant.VariantStore;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.util.List;
import java.util.Optional;

/// Deletes an asset with everything that was made of it. First nobody finds it any more, so that what is being
/// made of it is not kept; then objects go, then rows: a deletion that is interrupted leaves the rows that name
/// what is left, and is gone on with.
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

    /// Goes on with deletions that were interrupted.
    ///
    /// @return how many
    public int resume() {
        List<Asset> leaving = assets.leaving();
        leaving.forEach(this::finish);
        return leaving.size();
    }

    /// @return whether there was such an asset of this owner
    public boolean delete(Owner owner, AssetId id) {
        Optional<Asset> asset = assets.beginDeletion(owner, id);
        return asset.isPresent() && finish(asset.get());
    }

    private boolean finish(Asset asset) {
        cached.purge(asset.id());
        for (Variant variant : variants.of(asset.id())) {
            objects.delete(variant.key());
        }
        objects.delete(asset.key());
        return assets.delete(asset.id());
    }
}
