package dev.halftone.adapters.http.variant;

import dev.halftone.domain.transform.RemoteHosts;
import dev.halftone.domain.transform.SignedLink;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.variant.cached.TransformAsset;
import dev.halftone.domain.variant.cached.TransformRemote;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What the routes stand on.
///
/// @param hosts whose pictures may be fetched
/// @param key set where every address has to be signed
/// @param maxAge how long browsers and caches in between may keep a picture
public record VariantParts(
        TransformAsset assets,
        TransformRemote remote,
        RemoteHosts hosts,
        TransformReader reader,
        Optional<SignedLink> key,
        Duration maxAge,
        InstantSource clock) {}
