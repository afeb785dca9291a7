package dev.halftone.app.wiring;

import dev.halftone.adapters.cache.DiskVariantCache;
import dev.halftone.adapters.cache.VariantCacheSettings;
import dev.halftone.adapters.http.variant.VariantParts;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.config.TransformConfig;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.HeaderReader;
import dev.halftone.domain.engine.OriginalKeeper;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.transform.SignedLink;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRules;
import dev.halftone.domain.variant.cached.PurgeVariants;
import dev.halftone.domain.variant.cached.TransformAsset;
import dev.halftone.domain.variant.cached.TransformRemote;
import dev.halftone.domain.variant.cached.TransformSource;
import dev.halftone.domain.variant.cached.Variants;
import java.time.InstantSource;
import java.util.Set;

/// Pictures by URL: the cache, what fills it, and who may ask.
final class Gallery {
    /// Changes whenever the same transform gives other bytes than before, so that no older ones are served.
    private static final String EDITION = "2";

    /// Remote pictures on their way in, each up to the byte limit.
    private static final int DOWNLOADS = 8;

    private final VariantParts parts;

    /// @param downloader for the hosts that are allowed
    /// @param written formats that the engines write; a transform to another one is refused with their names
    record Tools(
            EngineChain engines,
            HeaderReader headers,
            OriginalKeeper originals,
            CpuTurns turns,
            Downloader downloader,
            Set<ImageFormat> written) {}

    Gallery(HalftoneConfig config, Tools tools, AssetStore assets, ObjectStore objects, InstantSource clock) {
        TransformConfig settings = config.transforms();
        ImageLimits limits = config.imageLimits();
        DiskVariantCache cache = new DiskVariantCache(
                new VariantCacheSettings(
                        config.variantsDir(), settings.cacheMemory(), settings.cacheDisk(), settings.cacheTtl()),
                clock);
        OpenAsset open = new OpenAsset(assets, objects);
        TransformSource make = new TransformSource(tools.engines(), tools.originals(), tools.turns(), open, limits);
        int hands = config.cpuTurns() + 2;
        parts = new VariantParts(
                new TransformAsset(assets, open, make, new Variants(cache, settings.queue(), hands), EDITION, clock),
                new TransformRemote(
                        new OpenImage(tools.downloader(), limits),
                        tools.headers(),
                        limits,
                        make,
                        new Variants(cache, settings.queue(), DOWNLOADS),
                        new Variants(cache, settings.queue(), DOWNLOADS),
                        EDITION),
                settings.remoteHosts(),
                new TransformReader(new TransformRules(settings.presets(), settings.presetsOnly(), tools.written())),
                settings.signingKey().map(SignedLink::new),
                settings.maxAge(),
                clock);
    }

    VariantParts parts() {
        return parts;
    }

    /// For whoever deletes an image.
    PurgeVariants purge() {
        return parts.assets();
    }
}
