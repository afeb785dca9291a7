package dev.halftone.adapters.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiVariantStore;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.Stock;
import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.stock.Strays;
import dev.halftone.domain.stock.SweepStrays;
import dev.halftone.domain.stock.SweepStrays.Swept;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.variant.Variant;
import dev.halftone.domain.variant.VariantStore;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Everything at once, at random, on a real database and a real folder: batches that are submitted, fail, are
/// tried again, cancelled and purged; images that come, get variants, and go; and sweeps that spare nothing for
/// its youth, some of which are frozen between their decision and their deletion.
final class SweepRace implements AutoCloseable {
    private final Stock stock;
    private final JdbiBatchControl control;
    private final PurgeBatch purge;
    private final JdbiAssetStore assets;
    private final JdbiVariantStore variants;
    private final DeleteImage delete;
    private final JdbiStrays strays;
    private final Set<BatchId> batches = ConcurrentHashMap.newKeySet();
    private final Map<AssetId, Asset> images = new ConcurrentHashMap<>();
    private final long seed;
    final AtomicLong submitted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong retried = new AtomicLong();
    final AtomicLong purged = new AtomicLong();
    final AtomicLong made = new AtomicLong();
    final AtomicLong late = new AtomicLong();
    final AtomicLong swept = new AtomicLong();
    final AtomicLong away = new AtomicLong();

    SweepRace(Path folder, long seed) throws Exception {
        this.seed = seed;
        this.stock = new Stock(folder);
        this.control =
                new JdbiBatchControl(stock.plant.database, stock.plant.queue, stock.plant.queue, stock.plant.random);
        this.purge = new PurgeBatch(stock.plant.batches, control, stock.objects);
        this.assets = new JdbiAssetStore(stock.plant.database);
        this.variants = new JdbiVariantStore(stock.plant.database);
        this.delete = new DeleteImage(assets, variants, stock.objects, PurgeVariants.NONE);
        this.strays = new JdbiStrays(stock.plant.database);
    }

    @FunctionalInterface
    private interface Act {
        void with(Random random) throws Exception;
    }

    /// Goes on until so many batches were submitted: by the clock, a machine that stalls would have done
    /// nothing.
    void run(int many) throws Exception {
        stock.plant.node(processing());
        stock.plant.node(processing());
        List<Act> acts = List.of(
                this::submit,
                this::wish,
                this::image,
                this::variant,
                this::variant,
                this::unimage,
                this::sweep,
                this::frozenSweep);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < acts.size(); i++) {
                Act act = acts.get(i);
                Random random = new Random(seed + i);
                running.add(threads.submit(() -> {
                    while (submitted.get() < many) {
                        unlessAway(act, random);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    /// A database that does not answer for a moment, on a busy machine, breaks off what is done: one more
    /// fault.
    private void unlessAway(Act act, Random random) throws Exception {
        try {
            act.with(random);
        } catch (HalftoneException e) {
            if (e.failure().code() != FailureCode.STORAGE_UNAVAILABLE) {
                throw e;
            }
            away.incrementAndGet();
        }
    }

    /// What stands when all has ended: every batch that was acknowledged and not purged, and all that its rows
    /// name.
    void settle() {
        for (BatchId id : batches) {
            assertThat(stock.plant.batches.find(Owner.LOCAL, id))
                    .as("batch %s", id)
                    .isPresent();
            stock.plant.awaitEnd(id);
        }
        stock.plant.stopNodes();
        purge.resume();
        Swept last = new SweepStrays(strays, stock.objects).sweep(Duration.ZERO);
        assertThat(last).isInstanceOf(Swept.Done.class);
        stock.verify();
    }

    /// Puts first and fails then, half of the time, as a rendition does that can't be stored; what fails for
    /// good leaves its object behind.
    private SliceRunner.Processing processing() {
        SliceRunner.Processing whole = stock.processing();
        Random random = new Random(seed);
        return new SliceRunner.Processing() {
            @Override
            public ItemOutcome process(Item item, Recipe recipe) throws InterruptedException {
                ItemOutcome.Delivered delivered = stock.delivered(item, recipe);
                int chance = random.nextInt(6);
                if (chance > 1) {
                    return delivered;
                }
                return Plant.failed(chance == 0 ? FailureCode.NOT_AN_IMAGE : FailureCode.STORAGE_UNAVAILABLE);
            }

            @Override
            public void discard(ItemOutcome outcome) {
                whole.discard(outcome);
            }
        };
    }

    private void submit(Random random) throws Exception {
        BatchOptions options = random.nextBoolean()
                ? BatchOptions.DEFAULT
                : Stock.options(Map.of("renditions", "thumb:w=10", "outputNames", "{sku}/{n}.{ext}"));
        try {
            batches.add(stock.submit(Stock.csv(1 + random.nextInt(30), "r" + random.nextInt(99) + "-"), options)
                    .id());
            submitted.incrementAndGet();
        } catch (RuntimeException | java.io.IOException sweptBefore) {
            // Its upload went between the put and the row: it was refused, and never acknowledged.
            refused.incrementAndGet();
        }
        pause(random, 40);
    }

    private void wish(Random random) {
        List<BatchId> known = List.copyOf(batches);
        if (!known.isEmpty()) {
            BatchId id = known.get(random.nextInt(known.size()));
            int wish = random.nextInt(20);
            if (wish == 0) {
                batches.remove(id);
                purge.purge(Owner.LOCAL, id);
                purged.incrementAndGet();
            } else if (wish == 1) {
                control.cancel(Owner.LOCAL, id);
            } else {
                control.retry(Owner.LOCAL, id, Set.of());
                retried.incrementAndGet();
            }
        }
        pause(random, 20);
    }

    private void image(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(500)];
        random.nextBytes(bytes);
        Asset asset = new Asset(
                AssetId.random(stock.plant.random),
                ImageFormat.JPEG,
                new PixelSize(4, 3),
                bytes.length,
                ContentHash.of(bytes),
                InstantSource.system().instant());
        stock.objects.put(asset.key(), bytes, "image/jpeg");
        pause(random, 5);
        try {
            assets.add(Caller.LOCAL, asset);
            images.put(asset.id(), asset);
        } catch (RuntimeException sweptBefore) {
            refused.incrementAndGet();
        }
        pause(random, 30);
    }

    /// As [dev.halftone.domain.variant.MakeVariant] stores what it made; now and then its process is killed
    /// between object and row.
    private void variant(Random random) {
        List<AssetId> known = List.copyOf(images.keySet());
        if (known.isEmpty()) {
            pause(random, 20);
            return;
        }
        AssetId asset = known.get(random.nextInt(known.size()));
        ContentHash pipeline = ContentHash.of(new byte[] {(byte) random.nextInt(4)});
        byte[] bytes = (asset + pipeline.hex()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        VariantStore.Put put = VariantStore.Put.LATE;
        while (put == VariantStore.Put.LATE) {
            OptionalInt round = variants.round(asset);
            if (round.isEmpty()) {
                return;
            }
            Variant variant = new Variant(
                    asset,
                    pipeline,
                    Variant.keyOf(asset, pipeline, round.getAsInt(), ImageFormat.PNG),
                    ImageFormat.PNG,
                    new PixelSize(4, 3),
                    bytes.length,
                    List.of(),
                    Optional.of(ContentHash.of(bytes)));
            stock.objects.put(variant.key(), bytes, "image/png");
            if (random.nextInt(5) == 0) {
                return;
            }
            pause(random, 5);
            put = variants.put(variant, round.getAsInt());
            switch (put) {
                case STORED -> made.incrementAndGet();
                case LATE -> late.incrementAndGet();
                case GONE -> stock.objects.delete(variant.key());
            }
        }
        pause(random, 5);
    }

    private void unimage(Random random) {
        List<AssetId> known = List.copyOf(images.keySet());
        if (known.size() > 20) {
            AssetId id = known.get(random.nextInt(known.size()));
            images.remove(id);
            delete.delete(Owner.LOCAL, id);
        }
        pause(random, 40);
    }

    private void sweep(Random random) {
        if (new SweepStrays(strays, stock.objects).sweep(Duration.ZERO) instanceof Swept.Done done) {
            swept.addAndGet(done.deleted());
        }
        pause(random, 10);
    }

    /// Decides, and is frozen for a while before it deletes.
    private void frozenSweep(Random random) {
        Strays slow = new Strays() {
            @Override
            public String stock() {
                return strays.stock();
            }

            @Override
            public Set<ObjectKey> condemn(Collection<ObjectKey> keys) {
                Set<ObjectKey> condemned = strays.condemn(keys);
                pause(random, 600);
                return condemned;
            }
        };
        if (new SweepStrays(slow, stock.objects).sweep(Duration.ZERO) instanceof Swept.Done done) {
            swept.addAndGet(done.deleted());
        }
    }

    private static void pause(Random random, int most) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(most)).toNanos());
    }

    @Override
    public String toString() {
        return "seed %d: %s batches submitted, %s submissions and images refused for the sweep, %s retries, %s purges,"
                        .formatted(seed, submitted, refused, retried, purged)
                + " %s variants stored, %s stored again in another round, %s objects swept, %s times the database was away"
                        .formatted(made, late, swept, away);
    }

    @Override
    public void close() {
        stock.close();
    }
}
