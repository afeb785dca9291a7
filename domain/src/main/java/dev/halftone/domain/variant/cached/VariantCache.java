package dev.halftone.domain.variant.cached;

import java.util.Optional;

/// Port: keeps variants for a while, within bounds. It may forget any of them at any time and never fails: what
/// can't be read is not there, what can't be written is not kept. Thread-safe.
public interface VariantCache {

    Optional<CachedVariant> find(VariantKey key);

    void put(VariantKey key, CachedVariant variant);

    /// Forgets everything of one owner.
    ///
    /// @return how many variants that were
    int purge(String owner);
}
