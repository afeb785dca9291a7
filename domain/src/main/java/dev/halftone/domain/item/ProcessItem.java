package dev.halftone.domain.item;

import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.PerceptualHasher;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.util.Optional;

/// Takes one item from its address to its stored output. Blocks its virtual thread; thread-safe.
public final class ProcessItem {
    private final OpenImage openImage;
    private final CpuTurns turns;
    private final EngineChain engines;
    private final ObjectStore store;
    private final ImageLimits limits;
    private final PerceptualHasher hasher;

    public ProcessItem(
            OpenImage openImage,
            CpuTurns turns,
            EngineChain engines,
            ObjectStore store,
            ImageLimits limits,
            PerceptualHasher hasher) {
        this.openImage = openImage;
        this.turns = turns;
        this.engines = engines;
        this.store = store;
        this.limits = limits;
        this.hasher = hasher;
    }

    /// Never throws for what an image, a host or a store did: that is an outcome. An interrupt passes through.
    public ItemOutcome process(Item item, Compression compression) throws InterruptedException {
        try {
            SourceImage source = openImage.open(item.url());
            Made made = turns.take(item.batch(), CpuTurns.memoryOf(source), () -> made(item, source, compression));
            return new ItemOutcome.Delivered(
                    made.compressed().keptOriginal(), source.bytes().length, stored(item, made));
        } catch (HalftoneException e) {
            return new ItemOutcome.Failed(e.failure());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new ItemOutcome.Failed(Failure.of(
                    FailureCode.INTERNAL, "unexpected " + e.getClass().getSimpleName()));
        }
    }

    private record Made(EngineChain.Compressed compressed, Optional<PerceptualHash> look) {}

    private Made made(Item item, SourceImage source, Compression compression) {
        EngineChain.Compressed compressed = engines.compress(source, compression, limits);
        EncodedImage image = compressed.image();
        return new Made(
                compressed,
                item.compared()
                        ? hasher.hash(new SourceImage(image.format(), image.bytes()), limits)
                        : Optional.empty());
    }

    private ItemOutcome.Output stored(Item item, Made made) {
        EncodedImage image = made.compressed().image();
        ObjectKey key = keyOf(item, image.format());
        store.put(key, image.bytes(), image.format().mediaType());
        return new ItemOutcome.Output(
                key,
                image.format(),
                image.size(),
                image.bytes().length,
                ContentHash.of(image.bytes()),
                image.notes(),
                made.look());
    }

    /// A stable key: running the item again writes the same object.
    public static ObjectKey keyOf(Item item, ImageFormat format) {
        String name = item.name().orElseGet(() -> "%06d-%03d".formatted(item.rowIndex() + 1, item.position()));
        return new ObjectKey("batches/%s/%s.%s".formatted(item.batch(), name, format.extension()));
    }
}
