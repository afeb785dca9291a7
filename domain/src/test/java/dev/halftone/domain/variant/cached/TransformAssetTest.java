package dev.halftone.domain.variant.cached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.storage.InMemoryObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TransformAssetTest {
    private static final AssetId ID = AssetId.of("0123456789abcdefghjkmnpqrs");

    private final AtomicReference<Optional<Asset>> stored = new AtomicReference<>(Optional.of(
            new Asset(ID, ImageFormat.JPEG, new PixelSize(9, 9), 99, ContentHash.of(new byte[1]), Instant.EPOCH)));
    private final AtomicReference<Runnable> afterLook = new AtomicReference<>(() -> {});
    private final TransformAsset transform = made();

    private TransformAsset made() {
        AssetStore assets = new AssetStore() {
            @Override
            public java.util.List<Asset> leaving() {
                return java.util.List.of();
            }

            @Override
            public void add(Caller by, Asset asset) {
                throw new AssertionError();
            }

            @Override
            public Optional<Asset> find(Owner owner, AssetId id) {
                throw new AssertionError();
            }

            @Override
            public Optional<Asset> ofAnyone(AssetId id) {
                Optional<Asset> found = stored.get();
                afterLook.getAndSet(() -> {}).run();
                return found;
            }

            @Override
            public Optional<Asset> beginDeletion(Owner owner, AssetId id) {
                return stored.getAndSet(Optional.empty());
            }

            @Override
            public boolean delete(AssetId id) {
                return true;
            }
        };
        CpuTurns turns = new CpuTurns() {
            @Override
            public <T> T take(TurnOwner owner, long bytes, Supplier<T> work) {
                return work.get();
            }
        };
        OpenAsset open = new OpenAsset(assets, new InMemoryObjectStore());
        EngineChain engines = new EngineChain(
                List.of(),
                (source, shown, policy) -> EncodedImage.of(source.format(), source.bytes(), shown),
                System::nanoTime);
        TransformSource make = new TransformSource(
                engines,
                (source, shown, policy) -> EncodedImage.of(source.format(), source.bytes(), shown),
                turns,
                open,
                ImageLimits.DEFAULT);
        VariantCache nothing = new VariantCache() {
            @Override
            public Optional<CachedVariant> find(VariantKey key) {
                return Optional.empty();
            }

            @Override
            public void put(VariantKey key, CachedVariant variant) {}

            @Override
            public int purge(String owner) {
                return 0;
            }
        };
        return new TransformAsset(assets, open, make, new Variants(nothing, 1, 1), "1", () -> Instant.EPOCH);
    }

    @Test
    void remembersWhatItFoundForAWhile() {
        transform.find(ID);
        stored.set(Optional.empty());

        assertThat(transform.find(ID)).isPresent();
        transform.purge(ID);
        assertThat(transform.find(ID)).isEmpty();
    }

    @Test
    void doesNotRememberWhatADeletionOvertook() {
        afterLook.set(() -> {
            stored.set(Optional.empty());
            transform.purge(ID);
        });

        transform.find(ID);

        assertThat(transform.find(ID)).isEmpty();
    }
}
