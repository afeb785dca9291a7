package dev.halftone.domain.item;

import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;

/// Takes one item from its address to its stored output. Blocks its virtual thread; thread-safe.
public final class ProcessItem {
    private final OpenImage openImage;
    private final CpuTurns turns;
    private final EngineChain engines;
    private final ObjectStore store;
    private final ImageLimits limits;

    public ProcessItem(
            OpenImage openImage, CpuTurns turns, EngineChain engines, ObjectStore store, ImageLimits limits) {
        this.openImage = openImage;
        this.turns = turns;
        this.engines = engines;
        this.store = store;
        this.limits = limits;
    }

    /// Never throws for what an image, a host or a store did: that is an outcome. An interrupt passes through.
    public ItemOutcome process(Item item, Compression compression) throws InterruptedException {
        try {
            SourceImage source = openImage.open(item.url());
            EngineChain.Compressed made = turns.take(
                    item.batch(), CpuTurns.memoryOf(source), () -> engines.compress(source, compression, limits));
            return new ItemOutcome.Delivered(made.keptOriginal(), source.bytes().length, stored(item, made.image()));
        } catch (HalftoneException e) {
            return new ItemOutcome.Failed(e.failure());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new ItemOutcome.Failed(Failure.of(
                    FailureCode.INTERNAL, "unexpected " + e.getClass().getSimpleName()));
        }
    }

    private ItemOutcome.Output stored(Item item, EncodedImage image) {
        ObjectKey key = keyOf(item, image.format());
        store.put(key, image.bytes(), image.format().mediaType());
        return new ItemOutcome.Output(
                key, image.format(), image.size(), image.bytes().length, ContentHash.of(image.bytes()), image.notes());
    }

    /// A stable key: running the item again writes the same object.
    public static ObjectKey keyOf(Item item, ImageFormat format) {
        String name = item.name().orElseGet(() -> "%06d-%03d".formatted(item.rowIndex() + 1, item.position()));
        return new ObjectKey("batches/%s/%s.%s".formatted(item.batch(), name, format.extension()));
    }
}
