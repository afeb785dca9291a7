package dev.halftone.domain.asset;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import java.util.Optional;

/// Tells what is known of an asset. Facts that are missing, because the service ended between storing the image
/// and storing them, are made now.
public final class DescribeImage {
    private final AssetStore assets;
    private final FactStore facts;
    private final OpenAsset openAsset;
    private final ImageInspector inspector;
    private final CpuTurns turns;
    private final ImageLimits limits;

    public DescribeImage(
            AssetStore assets,
            FactStore facts,
            OpenAsset openAsset,
            ImageInspector inspector,
            CpuTurns turns,
            ImageLimits limits) {
        this.assets = assets;
        this.facts = facts;
        this.openAsset = openAsset;
        this.inspector = inspector;
        this.turns = turns;
        this.limits = limits;
    }

    public record Described(Asset asset, ImageFacts facts) {}

    /// Empty where there is no such asset of this owner.
    public Optional<Described> describe(Owner owner, AssetId id) throws InterruptedException {
        Optional<Asset> asset = assets.find(owner, id);
        if (asset.isEmpty()) {
            return Optional.empty();
        }
        Optional<ImageFacts> known = facts.find(id);
        return known.isPresent()
                ? Optional.of(new Described(asset.get(), known.get()))
                : madeNow(asset.get()).map(made -> new Described(asset.get(), made));
    }

    private Optional<ImageFacts> madeNow(Asset asset) throws InterruptedException {
        Optional<SourceImage> source = openAsset.open(asset.id());
        if (source.isEmpty()) {
            return Optional.empty();
        }
        ImageFacts made = turns.take(
                asset.id(),
                CpuTurns.memoryOf(source.get()),
                () -> inspector.inspect(source.get(), limits).facts());
        facts.put(asset.id(), made);
        return Optional.of(made);
    }
}
