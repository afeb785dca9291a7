package dev.halftone.adapters.queue;

import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.storage.file.FileObjectStore;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemOutcome.Output;
import dev.halftone.domain.item.ProcessItem;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Batches taken in and worked on as they are in a service, with a database and a folder of objects of their
/// own; the pictures are made up. For tests of what is kept.
public final class Stock implements AutoCloseable {
    public final Plant plant;
    public final ObjectStore objects;
    public final SubmitBatch submit;

    public Stock(Path folder) throws Exception {
        this(new FileObjectStore(folder, URI.create("http://127.0.0.1"), InstantSource.system()));
    }

    public Stock(ObjectStore objects) throws Exception {
        this.plant = new Plant();
        this.objects = objects;
        this.submit =
                new SubmitBatch(new CsvManifestReader(), plant.batches, objects, ManifestLimits.DEFAULT, plant.random);
    }

    public static BatchOptions options(Map<String, String> texts) {
        return ((OptionsReader.Result.Good) OptionsReader.read(texts)).options();
    }

    /// A CSV of rows with an image each.
    public static String csv(int rows, String path) {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls,Note\n");
        for (int i = 0; i < rows; i++) {
            csv.append("%d,\"Product, %d\",https://img.example/%s%d.jpg,n\n".formatted(i + 1, i, path, i));
        }
        return csv.toString();
    }

    public Batch submit(String csv, BatchOptions options) throws IOException {
        SubmitBatch.Result result = submit.submit(
                Caller.LOCAL,
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                options,
                Optional.empty());
        return ((SubmitBatch.Result.Accepted) result).batch();
    }

    /// What stands in for downloads and engines: addresses with `bad` fail, the others give bytes of their own,
    /// with every rendition that was asked for.
    public SliceRunner.Processing processing() {
        return new SliceRunner.Processing() {
            @Override
            public ItemOutcome process(Item item, Recipe recipe) {
                return item.url().toString().contains("bad")
                        ? Plant.failed(FailureCode.NOT_AN_IMAGE)
                        : delivered(item, recipe);
            }

            @Override
            public void discard(ItemOutcome outcome) {
                if (outcome instanceof ItemOutcome.Delivered delivered) {
                    delivered.keys().forEach(objects::delete);
                }
            }
        };
    }

    public ItemOutcome.Delivered delivered(Item item, Recipe recipe) {
        List<ItemOutcome.Rendered> rendered = recipe.renditions().stream()
                .map(rendition -> new ItemOutcome.Rendered(
                        rendition.name(),
                        put(ProcessItem.keyOf(item, rendition.name(), ImageFormat.JPEG), item, rendition.name())))
                .toList();
        return new ItemOutcome.Delivered(
                false, 10_000, put(ProcessItem.keyOf(item, ImageFormat.JPEG), item, "main"), rendered);
    }

    private Output put(ObjectKey key, Item item, String what) {
        byte[] bytes = (item.url() + what).repeat(5).getBytes(StandardCharsets.UTF_8);
        objects.put(key, bytes, "image/jpeg");
        return new Output(key, ImageFormat.JPEG, new PixelSize(4, 3), bytes.length, ContentHash.of(bytes), List.of());
    }

    /// The one oracle finds nothing, and nothing is left to be done.
    public void verify() {
        Verifying.everything(plant.database, plant.batches, objects);
    }

    @Override
    public void close() {
        plant.close();
    }
}
