package dev.halftone.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.halftone.adapters.cache.DiskVariantCache;
import dev.halftone.adapters.cache.VariantCacheSettings;
import dev.halftone.adapters.http.variant.FetchRoutes;
import dev.halftone.adapters.http.variant.ImageVariantRoutes;
import dev.halftone.adapters.http.variant.VariantParts;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.OriginalKeeper;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.RemoteHosts;
import dev.halftone.domain.transform.SignedLink;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRules;
import dev.halftone.domain.variant.cached.TransformAsset;
import dev.halftone.domain.variant.cached.TransformRemote;
import dev.halftone.domain.variant.cached.TransformSource;
import dev.halftone.domain.variant.cached.Variants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The routes of pictures by URL over an engine that counts, an asset store in memory and the real cache.
final class VariantFixture implements AutoCloseable {
    static final PixelSize SIZE = new PixelSize(600, 400);

    final AtomicInteger made = new AtomicInteger();
    final AtomicReference<String> last = new AtomicReference<>("");
    final List<String> downloads = new CopyOnWriteArrayList<>();
    final Map<AssetId, Asset> assets = new ConcurrentHashMap<>();
    /// Permits of the engine; it waits without one.
    final Semaphore engine = new Semaphore(1_000_000);

    final Path folder;
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));
    final RunningServer server;
    final Variants variants;
    private final MapObjectStore objects = new MapObjectStore(RunningServer.PUBLIC);

    /// What an operator set.
    record Setting(Optional<String> key, String presets, boolean presetsOnly, String hosts, int queue) {
        static final Setting PLAIN = new Setting(Optional.empty(), "thumb:w=100&h=100&fit=crop", false, "", 100);

        Setting withKey(String secret) {
            return new Setting(Optional.of(secret), presets, presetsOnly, hosts, queue);
        }

        Setting withHosts(String allowed) {
            return new Setting(key, presets, presetsOnly, allowed, queue);
        }

        Setting withQueue(int places) {
            return new Setting(key, presets, presetsOnly, hosts, places);
        }
    }

    VariantFixture(Path folder, Setting setting) {
        this.folder = folder;
        InstantSource clock = now::get;
        AssetStore store = new AssetStore() {
            @Override
            public java.util.List<Asset> leaving() {
                return java.util.List.of();
            }

            @Override
            public void add(Caller by, Asset asset) {
                assets.put(asset.id(), asset);
            }

            @Override
            public Optional<Asset> find(Owner owner, AssetId id) {
                return ofAnyone(id);
            }

            @Override
            public Optional<Asset> ofAnyone(AssetId id) {
                return Optional.ofNullable(assets.get(id));
            }

            @Override
            public Optional<Asset> beginDeletion(Owner owner, AssetId id) {
                return Optional.ofNullable(assets.remove(id));
            }

            @Override
            public boolean delete(AssetId id) {
                return assets.remove(id) != null;
            }
        };
        DiskVariantCache cache =
                new DiskVariantCache(new VariantCacheSettings(folder, 1 << 20, 1 << 20, Duration.ofDays(30)), clock);
        OpenAsset open = new OpenAsset(store, objects);
        TransformSource make = new TransformSource(
                new EngineChain(List.of(new CountingEngine()), KEEPER, System::nanoTime),
                KEEPER,
                new AtOnce(),
                open,
                ImageLimits.DEFAULT);
        variants = new Variants(cache, setting.queue(), 2);
        Set<ImageFormat> written = Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF);
        VariantParts parts = new VariantParts(
                new TransformAsset(store, open, make, variants, "1", clock),
                new TransformRemote(
                        new OpenImage(
                                (url, limits) -> {
                                    downloads.add(url.toString());
                                    return jpeg(9, 2_000);
                                },
                                ImageLimits.DEFAULT),
                        (source, limits) -> SIZE,
                        ImageLimits.DEFAULT,
                        make,
                        new Variants(cache, 10, 10),
                        new Variants(cache, 10, 10),
                        "1"),
                RemoteHosts.parse(setting.hosts()),
                new TransformReader(
                        new TransformRules(Presets.parse(setting.presets()), setting.presetsOnly(), written)),
                setting.key().map(SignedLink::new),
                Duration.ofDays(30),
                clock);
        server = new RunningServer(
                new ImageVariantRoutes(parts, Optional.empty())::addTo, new FetchRoutes(parts)::addTo);
    }

    /// An uploaded JPEG.
    AssetId uploaded(int seed) {
        AssetId id = AssetId.random(new Random(seed));
        byte[] bytes = jpeg(seed, 2_000);
        Asset asset = new Asset(
                id, ImageFormat.JPEG, SIZE, bytes.length, ContentHash.of(bytes), Instant.parse("2026-01-01T00:00:00Z"));
        objects.put(asset.key(), bytes, "image/jpeg");
        assets.put(id, asset);
        return id;
    }

    static byte[] jpeg(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        bytes[2] = (byte) 0xff;
        return bytes;
    }

    /// Writes what it was asked for, in words.
    private final class CountingEngine implements ImageEngine {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public EngineResult run(
                SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
            engine.acquireUninterruptibly();
            made.incrementAndGet();
            ImageFormat format = pipeline.output().format().over(source.format());
            String said = format.wire() + " of " + Arrays.hashCode(source.bytes()) + ": " + pipeline;
            last.set(said);
            PixelSize size = pipeline.output().over(pipeline.shown(SIZE));
            return new EngineResult.Encoded(EncodedImage.of(format, said.getBytes(UTF_8), size), !size.equals(SIZE));
        }
    }

    /// An original loses its second half, in which GPS might be.
    private static final OriginalKeeper KEEPER = (source, shown, policy) ->
            EncodedImage.of(source.format(), Arrays.copyOf(source.bytes(), source.bytes().length / 2), shown);

    private static final class AtOnce implements CpuTurns {
        @Override
        public <T> T take(TurnOwner owner, long bytes, Supplier<T> work) {
            return work.get();
        }
    }

    List<String> pathsOf(AssetId id, int count) {
        List<String> paths = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            paths.add("/images/" + id + "?w=" + i);
        }
        return paths;
    }

    @Override
    public void close() {
        engine.release(1_000_000);
        server.close();
    }
}
