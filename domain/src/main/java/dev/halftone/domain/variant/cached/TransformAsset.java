package dev.halftone.domain.variant.cached;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.transform.TransformQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Gives an uploaded image in the form that a URL asks for. Thread-safe.
public final class TransformAsset implements PurgeVariants {
    /// How long an asset that another node deleted may still be served here from the cache.
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private static final int MOST_KNOWN = 10_000;

    private final AssetStore assets;
    private final OpenAsset open;
    private final TransformSource make;
    private final Variants variants;
    private final String edition;
    private final InstantSource clock;
    private final Map<AssetId, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AssetId, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /// How often something was purged: a look into the store that a purge overtook is not remembered.
    private long purges;

    private record Known(Asset asset, Instant until) {}

    /// @param edition changes whenever the same transform gives other bytes than before
    public TransformAsset(
            AssetStore assets,
            OpenAsset open,
            TransformSource make,
            Variants variants,
            String edition,
            InstantSource clock) {
        this.assets = assets;
        this.open = open;
        this.make = make;
        this.variants = variants;
        this.edition = edition;
        this.clock = clock;
    }

    /// Whether there is such an asset of this owner.
    public boolean isOf(Owner owner, AssetId id) {
        return assets.find(owner, id).isPresent();
    }

    /// What is known of the asset, whoever's it is: its address lets everybody see it. A look into the store is good
    /// for a few seconds.
    public Optional<Asset> find(AssetId id) {
        Instant now = clock.instant();
        long seen;
        synchronized (known) {
            seen = purges;
            Known before = known.get(id);
            if (before != null && before.until().isAfter(now)) {
                return Optional.of(before.asset());
            }
        }
        Optional<Asset> found = assets.ofAnyone(id);
        synchronized (known) {
            if (found.isEmpty()) {
                known.remove(id);
            } else if (purges == seen) {
                known.put(id, new Known(found.get(), now.plus(KNOWN_FOR)));
            }
        }
        return found;
    }

    /// @param query with its format negotiated
    /// @throws TooManyWaiting when too many wait already
    public CachedVariant of(Asset asset, TransformQuery query) throws InterruptedException {
        VariantKey key = new VariantKey(VariantKey.ownerOf(asset.id()), edition + "?" + query.canonical());
        return variants.get(key, () -> {
            SourceImage source = open.open(asset.id())
                    .orElseThrow(() -> HalftoneException.of(
                            FailureCode.STORAGE_UNAVAILABLE, "image " + asset.id() + " was deleted meanwhile"));
            return make.of(source, asset.size(), query);
        });
    }

    @Override
    public int purge(AssetId asset) {
        synchronized (known) {
            known.remove(asset);
            purges++;
        }
        return variants.purge(VariantKey.ownerOf(asset));
    }
}
