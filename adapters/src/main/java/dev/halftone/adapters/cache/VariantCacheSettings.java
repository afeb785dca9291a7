package dev.halftone.adapters.cache;

import java.nio.file.Path;
import java.time.Duration;

/// How much is kept, and for how long.
///
/// @param folder made when it is not there
/// @param memory bytes of pictures kept in memory, 0 for none
/// @param disk bytes of files kept in the folder, 0 for none
/// @param lifetime counted from when a variant was made
public record VariantCacheSettings(Path folder, long memory, long disk, Duration lifetime) {

    public VariantCacheSettings {
        if (memory < 0 || disk < 0 || !lifetime.isPositive()) {
            throw new IllegalArgumentException("no negative bounds, and some time to live");
        }
    }
}
