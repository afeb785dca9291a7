package dev.halftone.domain.asset;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.storage.ObjectStore;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Takes one image in: looks at it, stores its bytes, then the row that names them. What is refused leaves
/// nothing behind. Thread-safe.
public final class UploadImage {
    private final AssetStore assets;
    private final FactStore facts;
    private final ObjectStore objects;
    private final ImageInspector inspector;
    private final CpuTurns turns;
    private final ImageLimits limits;
    private final RandomGenerator random;
    private final InstantSource clock;

    /// @param random a secure source: ids must not be guessable
    public UploadImage(
            AssetStore assets,
            FactStore facts,
            ObjectStore objects,
            ImageInspector inspector,
            CpuTurns turns,
            ImageLimits limits,
            RandomGenerator random,
            InstantSource clock) {
        this.assets = assets;
        this.facts = facts;
        this.objects = objects;
        this.inspector = inspector;
        this.turns = turns;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
    }

    /// @param by whose the image is
    /// @param bytes the whole file; its type is told by its first bytes
    /// @throws HalftoneException when it is no image, can't be used, is over a limit, or can't be stored
    /// @throws dev.halftone.domain.access.QuotaExceeded when the caller may not hand in another image
    public Asset upload(Caller by, byte[] bytes) throws InterruptedException {
        SourceImage source = OpenImage.sniffed(bytes, limits);
        AssetId id = AssetId.random(random);
        ImageInspector.Inspected seen =
                turns.take(id, CpuTurns.memoryOf(source), () -> inspector.inspect(source, limits));
        Asset asset = new Asset(id, source.format(), seen.size(), bytes.length, ContentHash.of(bytes), clock.instant());
        objects.put(asset.key(), bytes, asset.format().mediaType());
        // Whether a row was written is not known when this fails: its object stays, and the sweep judges.
        assets.add(by, asset);
        boolean known = false;
        try {
            facts.put(id, seen.facts());
            known = true;
        } finally {
            if (!known) {
                forget(asset);
            }
        }
        return asset;
    }

    private void forget(Asset asset) {
        assets.delete(asset.id());
        objects.delete(asset.key());
    }
}
