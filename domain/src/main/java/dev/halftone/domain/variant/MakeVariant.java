package dev.halftone.domain.variant;

import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.storage.ObjectStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Runs a pipeline over an asset and keeps the result, once: the same pipeline again finds what is there, and
/// several who ask at the same time wait for the first. Thread-safe; blocks its virtual thread.
public final class MakeVariant {
    private final OpenAsset openAsset;
    private final VariantStore variants;
    private final ObjectStore objects;
    private final CpuTurns turns;
    private final EngineChain engines;
    private final ImageLimits limits;
    private final Map<Wanted, CountDownLatch> beingMade = new ConcurrentHashMap<>();

    private record Wanted(AssetId asset, ContentHash pipeline) {}

    public MakeVariant(
            OpenAsset openAsset,
            VariantStore variants,
            ObjectStore objects,
            CpuTurns turns,
            EngineChain engines,
            ImageLimits limits) {
        this.openAsset = openAsset;
        this.variants = variants;
        this.objects = objects;
        this.turns = turns;
        this.engines = engines;
        this.limits = limits;
    }

    /// Where the making has got to.
    public enum Stage {
        /// The sources are in memory; a CPU turn is waited for.
        OPENED(10),
        /// The pixels are made.
        MADE(80);

        private final int percent;

        Stage(int percent) {
            this.percent = percent;
        }

        public int percent() {
            return percent;
        }
    }

    /// Is told of each stage, on the caller's thread.
    @FunctionalInterface
    public interface Progress {
        Progress NOBODY = stage -> {};

        void at(Stage stage);
    }

    /// What is there already.
    public Optional<Variant> known(AssetId asset, Pipeline pipeline) {
        return variants.find(asset, Variant.hashOf(pipeline));
    }

    /// Checks that no part is missing on this machine that the pipeline needs.
    ///
    /// @throws HalftoneException with `unsupported_operation`
    public void require(Pipeline pipeline) {
        engines.require(pipeline);
    }

    /// @throws HalftoneException when the pipeline can't be run over the image, or the result can't be stored
    public Variant make(Asset asset, Pipeline pipeline, Progress progress) throws InterruptedException {
        Wanted wanted = new Wanted(asset.id(), Variant.hashOf(pipeline));
        while (true) {
            Optional<Variant> known = variants.find(wanted.asset(), wanted.pipeline());
            if (known.isPresent()) {
                return known.get();
            }
            CountDownLatch own = new CountDownLatch(1);
            CountDownLatch other = beingMade.putIfAbsent(wanted, own);
            if (other != null) {
                other.await();
                continue;
            }
            try {
                // Another may have ended between the look and the entry.
                Optional<Variant> meanwhile = variants.find(wanted.asset(), wanted.pipeline());
                return meanwhile.isPresent() ? meanwhile.get() : madeNow(asset, wanted, pipeline, progress);
            } finally {
                beingMade.remove(wanted);
                own.countDown();
            }
        }
    }

    private Variant madeNow(Asset asset, Wanted wanted, Pipeline pipeline, Progress progress)
            throws InterruptedException {
        SourceImage source = openAsset.open(asset.id()).orElseThrow(() -> gone("image " + asset.id() + " was deleted"));
        Map<String, SourceImage> marks = marks(pipeline);
        progress.at(Stage.OPENED);
        EncodedImage image = turns.take(
                        asset.id(),
                        CpuTurns.memoryOf(source, pipeline, marks.values()),
                        () -> engines.run(source, pipeline, marks, limits))
                .image();
        progress.at(Stage.MADE);
        return stored(wanted, image);
    }

    private Variant stored(Wanted wanted, EncodedImage image) {
        while (true) {
            OptionalInt round = variants.round(wanted.asset());
            if (round.isEmpty()) {
                throw goneMeanwhile(wanted);
            }
            Variant variant = variant(wanted, image, round.getAsInt());
            objects.put(variant.key(), image.bytes(), image.format().mediaType());
            switch (variants.put(variant, round.getAsInt())) {
                case STORED -> {
                    return variant;
                }
                case LATE -> {
                    // Another node's row may name the object: it is left to the sweep.
                }
                case GONE -> {
                    objects.delete(variant.key());
                    throw goneMeanwhile(wanted);
                }
            }
        }
    }

    private static Variant variant(Wanted wanted, EncodedImage image, int round) {
        return new Variant(
                wanted.asset(),
                wanted.pipeline(),
                Variant.keyOf(wanted.asset(), wanted.pipeline(), round, image.format()),
                image.format(),
                image.size(),
                image.bytes().length,
                image.notes(),
                Optional.of(ContentHash.of(image.bytes())));
    }

    private static HalftoneException goneMeanwhile(Wanted wanted) {
        return gone("image " + wanted.asset() + " was deleted meanwhile");
    }

    private Map<String, SourceImage> marks(Pipeline pipeline) {
        Map<String, SourceImage> marks = new HashMap<>();
        for (String id : pipeline.marks()) {
            marks.put(
                    id,
                    AssetId.parse(id)
                            .flatMap(openAsset::open)
                            .orElseThrow(() -> gone("the watermark's image " + id + " was deleted")));
        }
        return marks;
    }

    private static HalftoneException gone(String what) {
        return HalftoneException.of(FailureCode.NOT_AN_IMAGE, what);
    }
}
