package dev.halftone.adapters.cache;

import dev.halftone.domain.variant.cached.CachedVariant;
import dev.halftone.domain.variant.cached.VariantCache;
import dev.halftone.domain.variant.cached.VariantKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Variants in memory, before a folder that outlives the process. Both are bounded in bytes and forget what was
/// asked for longest ago; nothing is served beyond its lifetime. Thread-safe.
public final class DiskVariantCache implements VariantCache {
    private final MemoryVariants memory;
    private final Optional<DiskVariants> disk;
    private final Duration lifetime;
    private final InstantSource clock;
    private final AtomicLong purges = new AtomicLong();

    public DiskVariantCache(VariantCacheSettings settings, InstantSource clock) {
        this.memory = new MemoryVariants(settings.memory());
        this.lifetime = settings.lifetime();
        this.disk = settings.disk() == 0
                ? Optional.empty()
                : Optional.of(new DiskVariants(settings.folder().resolve("v1"), settings.disk(), lifetime, clock));
        this.clock = clock;
    }

    @Override
    public Optional<CachedVariant> find(VariantKey key) {
        Optional<Kept> near = memory.find(key);
        if (near.isPresent()) {
            if (!near.get().isOver(lifetime, clock.instant())) {
                disk.ifPresent(files -> files.touch(key));
                return near.map(Kept::variant);
            }
            memory.remove(key);
        }
        long before = purges.get();
        Optional<Kept> far = disk.flatMap(files -> files.find(key));
        far.ifPresent(kept -> {
            memory.put(key, kept);
            // It may have been purged since its file was read.
            if (purges.get() != before) {
                memory.remove(key);
            }
        });
        return far.map(Kept::variant);
    }

    @Override
    public void put(VariantKey key, CachedVariant variant) {
        Kept kept = new Kept(variant, clock.instant());
        memory.put(key, kept);
        disk.ifPresent(files -> files.put(key, kept));
    }

    @Override
    public int purge(String owner) {
        // Files first: what is read of them until then is told by the count, or is in memory by the time it is cleared.
        Set<String> gone = new HashSet<>();
        disk.ifPresent(files -> gone.addAll(files.purge(owner)));
        purges.incrementAndGet();
        memory.purge(owner).forEach(key -> gone.add(DiskVariants.nameOf(key)));
        return gone.size();
    }

    /// Of pictures in memory.
    long bytesInMemory() {
        return memory.bytes();
    }

    /// Of files in the folder, as far as they are known by now.
    long bytesOnDisk() {
        return disk.map(DiskVariants::bytes).orElse(0L);
    }
}
