package dev.halftone.app.config;

import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.RemoteHosts;
import java.time.Duration;
import java.util.Optional;

/// How pictures are served by URL.
///
/// @param signingKey set where every address has to be signed
/// @param maxAge how long browsers and caches in between may keep a picture
/// @param queue transforms that are made or wait for it
/// @param cacheMemory bytes
/// @param cacheDisk bytes
/// @param cacheTtl how long a transformed picture is kept here
public record TransformConfig(
        Optional<String> signingKey,
        Presets presets,
        boolean presetsOnly,
        RemoteHosts remoteHosts,
        Duration maxAge,
        int queue,
        long cacheMemory,
        long cacheDisk,
        Duration cacheTtl) {

    @Override
    public String toString() {
        return "TransformConfig[…]";
    }
}
