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
import dev.halftone.domain.item.MakeRenditions.Made;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.source.Place;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes one item from its address to its stored outputs. Blocks its virtual thread; thread-safe.
public final class ProcessItem {
    private final OpenImage openImage;
    private final CpuTurns turns;
    private final EngineChain engines;
    private final MakeRenditions makeRenditions;
    private final ObjectStore store;
    private final ImageLimits limits;
    private final PerceptualHasher hasher;

    public ProcessItem(
            OpenImage openImage,
            CpuTurns turns,
            EngineChain engines,
            MakeRenditions makeRenditions,
            ObjectStore store,
            ImageLimits limits,
            PerceptualHasher hasher) {
        this.openImage = openImage;
        this.turns = turns;
        this.engines = engines;
        this.makeRenditions = makeRenditions;
        this.store = store;
        this.limits = limits;
        this.hasher = hasher;
    }

    /// In a process that bounds nothing.
    public ItemOutcome process(Item item, Recipe recipe) throws InterruptedException {
        return process(item, recipe, Place.unbounded(item.batch()));
    }

    /// Never throws for what an image, a host or a store did: that is an outcome. An interrupt passes through.
    ///
    /// @param place taken once the item's host has time for it; the caller gives it back
    public ItemOutcome process(Item item, Recipe recipe, Place place) throws InterruptedException {
        try {
            SourceImage source = openImage.open(item.url(), place);
            Outputs outputs = turns.take(place.owner(), CpuTurns.memoryOf(source), () -> made(item, source, recipe));
            return stored(item, source, outputs);
        } catch (HalftoneException e) {
            return e.isUnasked() ? new ItemOutcome.Deferred(e.failure()) : new ItemOutcome.Failed(e.failure());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new ItemOutcome.Failed(Failure.of(
                    FailureCode.INTERNAL, "unexpected " + e.getClass().getSimpleName()));
        }
    }

    /// Deletes what was stored for a batch that has been deleted meanwhile. What can't be deleted is left to
    /// the sweep for objects that nobody names.
    public void discard(ItemOutcome outcome) {
        if (outcome instanceof ItemOutcome.Delivered delivered) {
            delivered.keys().forEach(key -> {
                try {
                    store.delete(key);
                } catch (HalftoneException e) {
                    // The store is down: the sweep finds it.
                }
            });
        }
    }

    private record Outputs(EngineChain.Compressed main, Optional<PerceptualHash> look, MakeRenditions.Result others) {}

    private Outputs made(Item item, SourceImage source, Recipe recipe) {
        EngineChain.Compressed main = engines.compress(source, recipe.compression(), limits);
        EncodedImage image = main.image();
        Optional<PerceptualHash> look = item.compared()
                ? hasher.hash(new SourceImage(image.format(), image.bytes()), limits)
                : Optional.empty();
        return new Outputs(main, look, makeRenditions.of(source, recipe));
    }

    private ItemOutcome stored(Item item, SourceImage source, Outputs outputs) {
        EncodedImage image = outputs.main().image();
        List<ItemOutcome.Rendered> rendered =
                outputs.others().made().stream().map(made -> stored(item, made)).toList();
        List<String> notes = Stream.concat(image.notes().stream(), outputs.others().missed().stream())
                .toList();
        return new ItemOutcome.Delivered(
                outputs.main().keptOriginal(),
                source.bytes().length,
                stored(keyOf(item, image.format()), image, notes, outputs.look()),
                rendered);
    }

    private ItemOutcome.Rendered stored(Item item, Made made) {
        EncodedImage image = made.image();
        ObjectKey key = keyOf(item, made.rendition().name(), image.format());
        return new ItemOutcome.Rendered(made.rendition().name(), stored(key, image, image.notes(), Optional.empty()));
    }

    private ItemOutcome.Output stored(
            ObjectKey key, EncodedImage image, List<String> notes, Optional<PerceptualHash> look) {
        store.put(key, image.bytes(), image.format().mediaType());
        return new ItemOutcome.Output(
                key, image.format(), image.size(), image.bytes().length, ContentHash.of(image.bytes()), notes, look);
    }

    /// A stable key: running the item again writes the same object.
    public static ObjectKey keyOf(Item item, ImageFormat format) {
        return new ObjectKey("batches/%s/%s.%s".formatted(item.batch(), stem(item), format.extension()));
    }

    /// Likewise for a rendition, in a folder beside the batch's main outputs, where no name can meet one of
    /// theirs.
    public static ObjectKey keyOf(Item item, String rendition, ImageFormat format) {
        return new ObjectKey("batches/%s.%s/%s.%s".formatted(item.batch(), rendition, stem(item), format.extension()));
    }

    private static String stem(Item item) {
        return item.name().orElseGet(() -> "%06d-%03d".formatted(item.rowIndex() + 1, item.position()));
    }
}
