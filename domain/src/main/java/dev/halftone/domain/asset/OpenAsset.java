package dev.halftone.domain.asset;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.util.Optional;

/// Reads an asset's bytes, whoever's it is: who may ask is checked before. Thread-safe.
public final class OpenAsset {
    private final AssetStore assets;
    private final ObjectStore objects;

    public OpenAsset(AssetStore assets, ObjectStore objects) {
        this.assets = assets;
        this.objects = objects;
    }

    /// Empty where there is no such asset.
    ///
    /// @throws HalftoneException with `storage_unavailable` when its bytes can't be read
    public Optional<SourceImage> open(AssetId id) {
        Optional<Asset> found = assets.ofAnyone(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Asset asset = found.get();
        try (StoredObject object = objects.open(asset.key())
                .orElseThrow(() -> HalftoneException.of(FailureCode.STORAGE_UNAVAILABLE, whatFails(asset)))) {
            return Optional.of(new SourceImage(asset.format(), object.content().readAllBytes()));
        } catch (IOException e) {
            throw HalftoneException.of(FailureCode.STORAGE_UNAVAILABLE, whatFails(asset), e);
        }
    }

    private static String whatFails(Asset asset) {
        return "the bytes of image " + asset.id() + " can't be read";
    }
}
