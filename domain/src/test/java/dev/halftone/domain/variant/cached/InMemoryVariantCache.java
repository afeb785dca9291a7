package dev.halftone.domain.variant.cached;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Variants in a map, for ever.
public final class InMemoryVariantCache implements VariantCache {
    private final Map<VariantKey, CachedVariant> variants = new ConcurrentHashMap<>();

    @Override
    public Optional<CachedVariant> find(VariantKey key) {
        return Optional.ofNullable(variants.get(key));
    }

    @Override
    public void put(VariantKey key, CachedVariant variant) {
        variants.put(key, variant);
    }

    @Override
    public int purge(String owner) {
        int before = variants.size();
        variants.keySet().removeIf(key -> key.owner().equals(owner));
        return before - variants.size();
    }
}
